import type { Command } from '#commit'
import { customer, customerKey, freeze, sessionKey, standingOf } from '#identity'
import { fail, ok, type Instant, type Result } from '#kernel'
import { cleanChannels, notify } from '#notifications'
import { submitAudited } from './audited.ts'
import type { Actor, FlowContext, OperatorActor, Problem } from './context.ts'
import { mayAct } from './operator-roles.ts'
import { submit } from './submit.ts'

interface FreezeCustomer {
  readonly customerId: string
  /** null: a member of staff does it. */
  readonly sessionId: string | null
  readonly reason: string
}

type Frozen =
  | { readonly status: 'frozen'; readonly frozenAt: Instant }
  | { readonly status: 'customer_not_found' }
  | { readonly status: 'session_expired'; readonly undecided: true }

/**
 * Once this is acknowledged nothing posts: every command that takes money out reads the customer in
 * the same lane, and those that came before have committed before.
 */
const freezeCustomer: Command<FreezeCustomer, Frozen> = {
  name: 'identity.freeze-customer',
  reads({ customerId, sessionId }) {
    return [customerKey(customerId), ...(sessionId === null ? [] : [sessionKey(sessionId)])]
  },
  apply(state, { customerId, sessionId, reason }, now) {
    if (state.get(customer, customerId) === undefined) return { status: 'customer_not_found' }
    if (sessionId !== null) {
      const standing = standingOf(state, { customerId, sessionId }, now)
      if (standing === 'session_expired') return { status: standing, undecided: true }
    }
    const by = sessionId === null ? 'operator' : 'customer'
    const { frozenAt, already } = freeze(state, { customerId, by, reason }, now)
    if (!already) {
      const told = { customerId, channels: cleanChannels, params: { reason } }
      notify(state, { ...told, template: 'frozen' }, now)
    }
    return { status: 'frozen', frozenAt }
  },
}

async function frozen(
  context: FlowContext,
  request: { owner: string; id: string; input: FreezeCustomer },
): Promise<Result<{ frozenAt: Instant }, Problem>> {
  const { customerId, reason } = request.input
  const content = { customerId, reason }
  const answer = await submit(context, freezeCustomer, { ...request, content })
  if (!answer.ok) return answer
  return endOf(answer.value)
}

function endOf(answer: Frozen): Result<{ frozenAt: Instant }, Problem> {
  if (answer.status !== 'frozen') return fail({ code: answer.status })
  return ok({ frozenAt: answer.frozenAt })
}

/** One tap by the customer, from any device of a live session. Errors: session_expired. */
export function createFreezeCustomer(context: FlowContext) {
  return (actor: Actor, input: { requestId: string; reason?: string }) => {
    const { customerId, sessionId } = actor
    const reason = input.reason ?? 'asked for by the customer'
    const command = { customerId, sessionId, reason }
    return frozen(context, { owner: customerId, id: input.requestId, input: command })
  }
}

/** By staff, who must say why. Errors: role_forbidden, customer_not_found. */
export function createFreezeByOperator(context: FlowContext) {
  return async (
    operator: OperatorActor,
    input: { requestId: string; customerId: string; reason: string },
  ): Promise<Result<{ frozenAt: Instant }, Problem>> => {
    const allowed = mayAct(operator, 'freezeCustomer')
    if (!allowed.ok) return allowed
    const { customerId, reason, requestId: id } = input
    const answer = await submitAudited(context, operator, {
      command: freezeCustomer,
      action: 'freezeCustomer',
      subject: customerId,
      reason,
      id,
      content: { customerId, reason },
      input: { customerId, sessionId: null, reason },
      outcomeOf: ({ status }) => (status === 'frozen' ? 'done' : status),
    })
    return answer.ok ? endOf(answer.value) : answer
  }
}
