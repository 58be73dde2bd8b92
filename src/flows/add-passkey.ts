import type { Command } from '#commit'
import {
  actorKeys,
  openSealedChallenge,
  passkey,
  passkeyKey,
  passkeysOf,
  passkeysPerCustomer,
  spendChallenge,
  spentChallengeKey,
  verifyNewPasskey,
  type PasskeyMade,
  type PasskeyView,
} from '#identity'
import { fail, ok, type Instant, type Result } from '#kernel'
import { cleanChannels, notify } from '#notifications'
import type { Actor, FlowContext, Problem } from './context.ts'
import {
  provedKeys,
  provePasswordAgain,
  refusalOfProved,
  type ProvedAgain,
} from './password-again.ts'
import { siteOf } from './site-of.ts'
import { submit } from './submit.ts'

export interface AddPasskeyInput {
  readonly requestId: string
  readonly challengeId: string
  readonly name: string
  readonly password: string
  readonly transports: readonly string[]
  readonly made: PasskeyMade
}

interface AddPasskey {
  readonly proved: ProvedAgain
  readonly challengeId: string
  readonly id: string
  readonly publicKey: string
  readonly counter: bigint
  readonly backedUp: boolean
  readonly name: string
  readonly transports: string
}

type Added =
  | { readonly addedAt: Instant }
  | { readonly code: Problem['code']; readonly undecided?: true }

const addPasskey: Command<AddPasskey, Added> = {
  name: 'identity.add-passkey',
  reads: ({ proved, challengeId, id }) => [
    ...actorKeys(proved),
    ...provedKeys(proved),
    spentChallengeKey(challengeId),
    passkeyKey(id),
  ],
  apply(state, input, now) {
    const { proved, challengeId, ...made } = input
    const refused = refusalOfProved(state, proved, now)
    if (refused !== null) return refused
    const { customerId, deviceId } = proved
    const spent = { id: challengeId, purpose: 'passkey', customerId } as const
    if (!spendChallenge(state, spent, now)) return { code: 'challenge_not_found' }
    // Also one that was removed: an id is never given a second meaning.
    if (state.get(passkey, made.id) !== undefined) return { code: 'passkey_taken' }
    state.put(passkey, {
      ...made,
      customerId,
      addedAt: now,
      addedOn: deviceId,
      lastUsedAt: null,
      removedAt: null,
    })
    const told = { customerId, channels: cleanChannels, params: { device: made.name } }
    notify(state, { ...told, template: 'passkey_added' }, now)
    return { addedAt: now }
  },
}

/**
 * Adds a passkey, on a trusted device and with the password again. Errors: device_not_trusted,
 * credentials_wrong, too_many_tries, challenge_not_found, challenge_expired, passkey_wrong,
 * passkey_taken, too_many_passkeys, customer_frozen, session_expired.
 */
export function createAddPasskey(context: FlowContext) {
  return async (actor: Actor, input: AddPasskeyInput): Promise<Result<PasskeyView, Problem>> => {
    const { challengeId, name, made } = input
    const { customerId } = actor
    const { passwords, sql } = context
    const proved = await provePasswordAgain(context, actor, input.password)
    if (!proved.ok) return proved
    const subject = { purpose: 'passkey', about: customerId, id: challengeId } as const
    const opened = openSealedChallenge(passwords, subject, context.now())
    if (!opened.ok) {
      return fail({ code: opened.error, param: 'challenge_id' })
    }
    const challenge = opened.value
    const verified = await verifyNewPasskey(made, { site: siteOf(context), challenge })
    if (verified === null) return fail({ code: 'passkey_wrong' })
    const present = await passkeysOf(sql, customerId)
    const again = present.some(({ id }) => id === verified.id)
    if (!again && present.length >= passkeysPerCustomer) return fail({ code: 'too_many_passkeys' })
    const transports = input.transports.join(',')
    const answer = await submit(context, addPasskey, {
      owner: customerId,
      id: input.requestId,
      content: { challengeId, passkey: verified.id, name },
      input: { proved: proved.value, challengeId, name, transports, ...verified },
    })
    if (!answer.ok) return answer
    if ('code' in answer.value) return fail({ code: answer.value.code })
    const { addedAt } = answer.value
    const { id, backedUp } = verified
    return ok({ id, name, transports, backedUp, addedAt, lastUsedAt: null })
  }
}
