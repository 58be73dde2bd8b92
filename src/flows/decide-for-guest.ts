import { fail, type Instant, type Result } from '#kernel'
import { decideForGuest, guestId, type DecideForGuest, type GuestDecided } from '#risk'
import type { FlowContext, Problem } from './context.ts'
import { submit } from './submit.ts'

/** A step of another wallet, in its operator's own ids and with the amounts in fen. */
export interface GuestDecisionInput extends Omit<DecideForGuest, 'decisionId'> {
  /** The operator's own id of this question: the same one is answered once. */
  readonly requestId: string
}

/**
 * The guard alone: decides about a step of a wallet that is not ours, synchronously, once.
 * Errors: request_malformed (a moment in the future, paying oneself), id_reused, unavailable.
 */
export function createDecideForGuest(context: FlowContext) {
  return async (asked: GuestDecisionInput): Promise<Result<GuestDecided, Problem>> => {
    const { requestId, ...input } = asked
    const late = inFuture(asked, context.now())
    if (late !== null) {
      return fail({ code: 'request_malformed', param: late, detail: 'lies in the future' })
    }
    if (asked.payee?.id === asked.customer.id) {
      return fail({ code: 'request_malformed', param: 'payee.id', detail: 'is the customer' })
    }
    return submit(context, decideForGuest, {
      owner: 'guard',
      id: `decide:${requestId}`,
      content: input,
      input: { ...named(input), decisionId: context.ids.next('dec') },
    })
  }
}

/** The first moment that has not come yet, by its name in the request. */
function inFuture(asked: GuestDecisionInput, now: Instant): string | null {
  const { customer, payee, session, bankAccount } = asked
  const moments = {
    'customer.created_at': customer.createdAt,
    'payee.created_at': payee?.createdAt,
    'session.started_at': session?.startedAt,
    'bank_account.linked_at': bankAccount?.linkedAt,
  }
  return Object.entries(moments).find(([, at]) => (at ?? 0) > now)?.[0] ?? null
}

/** In the guard's names: what another wallet calls `c-1` is never one of ours. */
function named(input: Omit<GuestDecisionInput, 'requestId'>) {
  const { customer, payee, deviceId, session, subject } = input
  const within = (id: string | null) => (id === null ? null : guestId(id))
  return {
    ...input,
    subject: subject === '' ? '' : guestId(subject),
    customer: { ...customer, id: guestId(customer.id) },
    payee: payee === null ? null : { ...payee, id: guestId(payee.id) },
    deviceId: within(deviceId),
    session: session === null ? null : { ...session, deviceId: within(session.deviceId) },
  }
}
