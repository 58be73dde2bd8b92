import type { Command } from '#commit'
import {
  actorKeys,
  credential,
  credentialKey,
  customer,
  customerKey,
  deviceIn,
  findCustomer,
  guardViewOf,
  isTrusted,
  isTrustedDevice,
  passwordHashOf,
  signInBlocked,
  standingOf,
  unfreeze,
} from '#identity'
import { fail, ok, type Result } from '#kernel'
import { cleanChannels, notify } from '#notifications'
import { submitAudited } from './audited.ts'
import type { Actor, FlowContext, OperatorActor, Problem } from './context.ts'
import { countFailedSignIn } from './count-failed-sign-in.ts'
import { mayAct } from './operator-roles.ts'
import { submit } from './submit.ts'

interface UnfreezeCustomer {
  readonly customerId: string
  /** null: a member of staff does it. */
  readonly proved: {
    readonly sessionId: string
    readonly deviceId: string
    readonly verifiedHash: string
  } | null
}

type Unfrozen = { readonly code: Problem['code'] | null; readonly undecided?: true }

const unfreezeCustomer: Command<UnfreezeCustomer, Unfrozen> = {
  name: 'identity.unfreeze-customer',
  reads({ customerId, proved }) {
    if (proved === null) return [customerKey(customerId)]
    return [...actorKeys({ customerId, ...proved }), credentialKey(customerId)]
  },
  apply(state, { customerId, proved }, now) {
    if (state.get(customer, customerId) === undefined) return { code: 'customer_not_found' }
    if (proved !== null) {
      const actor = { customerId, ...proved }
      if (standingOf(state, actor, now) === 'session_expired') {
        return { code: 'session_expired', undecided: true }
      }
      const trusted = isTrusted(deviceIn(state, customerId, proved.deviceId), now)
      if (!trusted || guardViewOf(state, actor, now).session?.otherDevice !== false) {
        return { code: 'unfreeze_not_allowed' }
      }
      const still = state.get(credential, customerId)?.passwordHash === proved.verifiedHash
      if (!still) return { code: 'credentials_wrong', undecided: true }
    }
    const by = proved === null ? 'operator' : 'customer'
    const lifted = unfreeze(state, { customerId, by })
    if (lifted !== 'unfrozen') return { code: lifted }
    notify(state, { customerId, channels: cleanChannels, template: 'unfrozen' }, now)
    return { code: null }
  },
}

async function unfrozen(
  context: FlowContext,
  request: { owner: string; id: string; input: UnfreezeCustomer },
): Promise<Result<{ unfrozen: true }, Problem>> {
  const content = { customerId: request.input.customerId }
  const answer = await submit(context, unfreezeCustomer, { ...request, content })
  if (!answer.ok) return answer
  return endOf(answer.value)
}

function endOf({ code }: Unfrozen): Result<{ unfrozen: true }, Problem> {
  return code === null ? ok({ unfrozen: true }) : fail({ code })
}

/**
 * The customer lifts his own freeze, on a trusted device, proving his password again.
 * Errors: unfreeze_not_allowed (other device; or a report or staff froze), credentials_wrong,
 * too_many_tries, customer_not_frozen, session_expired.
 */
export function createUnfreezeCustomer(context: FlowContext) {
  return async (
    actor: Actor,
    input: { requestId: string; password: string },
  ): Promise<Result<{ unfrozen: true }, Problem>> => {
    const { customerId, sessionId, deviceId } = actor
    const { sql, passwords } = context
    const now = context.now()
    const [who, hash, trusted] = await Promise.all([
      findCustomer(sql, customerId),
      passwordHashOf(sql, customerId),
      isTrustedDevice(sql, { customerId, deviceId }, now),
    ])
    if (who === null || hash === null) return fail({ code: 'customer_not_found' })
    // Before the password: whoever holds a stolen session shall not try passwords here.
    if (!trusted) return fail({ code: 'unfreeze_not_allowed' })
    const { phone } = who
    if (await signInBlocked(sql, { phone, deviceId: null }, now)) {
      return fail({ code: 'too_many_tries' })
    }
    if (!(await passwords.verify(hash, input.password))) {
      await countFailedSignIn(context, { phone, customerId })
      return fail({ code: 'credentials_wrong' })
    }
    const proved = { sessionId, deviceId, verifiedHash: hash }
    const command = { customerId, proved }
    return unfrozen(context, { owner: customerId, id: input.requestId, input: command })
  }
}

/** By staff, whoever froze. Errors: role_forbidden, customer_not_found, customer_not_frozen. */
export function createUnfreezeByOperator(context: FlowContext) {
  return async (
    operator: OperatorActor,
    input: { requestId: string; customerId: string },
  ): Promise<Result<{ unfrozen: true }, Problem>> => {
    const allowed = mayAct(operator, 'unfreezeCustomer')
    if (!allowed.ok) return allowed
    const { customerId, requestId: id } = input
    const answer = await submitAudited(context, operator, {
      command: unfreezeCustomer,
      action: 'unfreezeCustomer',
      subject: customerId,
      id,
      content: { customerId },
      input: { customerId, proved: null },
      outcomeOf: ({ code }) => code ?? 'done',
    })
    return answer.ok ? endOf(answer.value) : answer
  }
}
