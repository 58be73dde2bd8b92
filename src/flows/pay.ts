import { batchReads, fail, ok, type Result } from '#kernel'
import { findPayees } from '#identity'
import type { Decision } from '#risk'
import type { Payment } from '#wallet'
import type { Actor, FlowContext, Problem } from './context.ts'
import { payCommand, reasonsTold } from './pay-command.ts'
import { submit } from './submit.ts'

export interface PayInput {
  /** The client's own id of this wish: the same one never pays twice. */
  readonly requestId: string
  /** Phone number (E.164) or customer id. */
  readonly payee: string
  /** Fen, above zero. */
  readonly amount: bigint
  readonly source: 'wallet' | 'fund'
  readonly memo: string | null
}

export interface PayAnswer {
  readonly payment: Payment
  readonly decision: Omit<Decision, 'ruleHits'>
}

/**
 * Pays a person or merchant from the wallet or the fund.
 * Errors: payee_not_found, payee_is_payer, payee_cannot_receive, insufficient_funds,
 * facility_exhausted, customer_frozen, session_expired, calendar_horizon, id_reused, unavailable.
 */
export function createPay(context: FlowContext) {
  const find = batchReads((asked: readonly string[]) => findPayees(context.sql, asked))
  return async (actor: Actor, input: PayInput): Promise<Result<PayAnswer, Problem>> => {
    const payee = await find(input.payee)
    if (payee === undefined) return fail({ code: 'payee_not_found', param: 'payee' })
    if (payee.id === actor.customerId) return fail({ code: 'payee_is_payer', param: 'payee' })
    const { amount, source, memo } = input
    const answer = await submit(context, payCommand, {
      owner: actor.customerId,
      id: `pay:${input.requestId}`,
      content: { payee: input.payee, amount, source, memo },
      input: {
        paymentId: context.ids.next('pay'),
        decisionId: context.ids.next('dec'),
        actor,
        payee: { id: payee.id, kind: payee.kind, shown: payee.maskedName },
        amount,
        source,
        memo,
      },
    })
    if (!answer.ok) return answer
    if ('refused' in answer.value) return fail(answer.value.refused)
    const { decision, ...made } = answer.value
    const { deviceId, network, customerId: payer } = actor
    const open = made.state === 'challenged' || made.state === 'held'
    const payment: Payment = {
      ...made,
      payer,
      payee: payee.id,
      payeeKind: payee.kind,
      amount,
      source,
      memo,
      outcome: decision.outcome,
      reasons: reasonsTold(decision),
      deviceId,
      network,
      endedAt: open ? null : made.createdAt,
      recalledAmount: 0n,
    }
    return ok({ payment, decision: { id: made.decisionId, ...decision } })
  }
}
