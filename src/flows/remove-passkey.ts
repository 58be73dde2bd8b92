import type { Command } from '#commit'
import { actorKeys, passkeyKey, passkeysOf, removePasskey, type PasskeyView } from '#identity'
import { fail, ok, type Result } from '#kernel'
import { cleanChannels, notify } from '#notifications'
import type { Actor, FlowContext, Problem } from './context.ts'
import {
  provedKeys,
  provePasswordAgain,
  refusalOfProved,
  type ProvedAgain,
} from './password-again.ts'
import { submit } from './submit.ts'

type Removed = { readonly code: Problem['code'] | null; readonly undecided?: true }

const remove: Command<{ proved: ProvedAgain; id: string }, Removed> = {
  name: 'identity.remove-passkey',
  reads: ({ proved, id }) => [...actorKeys(proved), ...provedKeys(proved), passkeyKey(id)],
  apply(state, { proved, id }, now) {
    const refused = refusalOfProved(state, proved, now)
    if (refused !== null) return refused
    const { customerId } = proved
    if (!removePasskey(state, { id, customerId }, now)) return { code: 'passkey_not_found' }
    notify(state, { customerId, channels: cleanChannels, template: 'passkey_removed' }, now)
    return { code: null }
  },
}

/**
 * Takes a passkey away, on a trusted device and with the password again. Errors:
 * device_not_trusted, credentials_wrong, too_many_tries, passkey_not_found, session_expired,
 * customer_frozen.
 */
export function createRemovePasskey(context: FlowContext) {
  return async (
    actor: Actor,
    input: { requestId: string; id: string; password: string },
  ): Promise<Result<{ removed: true }, Problem>> => {
    const proved = await provePasswordAgain(context, actor, input.password)
    if (!proved.ok) return proved
    const { id } = input
    const answer = await submit(context, remove, {
      owner: actor.customerId,
      id: input.requestId,
      content: { remove: id },
      input: { proved: proved.value, id },
    })
    if (!answer.ok) return answer
    return answer.value.code === null ? ok({ removed: true }) : fail({ code: answer.value.code })
  }
}

/** A customer's passkeys, the last one added first. */
export function createReadPasskeys(context: Pick<FlowContext, 'sql'>) {
  return ({ customerId }: Pick<Actor, 'customerId'>): Promise<PasskeyView[]> =>
    passkeysOf(context.sql, customerId)
}
