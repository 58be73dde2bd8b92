import type { Payment as ShownPayment } from '#contract'
import type { Actor, FlowProblem } from '#flows'
import { ok, required, type Result } from '#kernel'
import type { Payment } from '#wallet'
import { fenOf } from '../fen-of.ts'
import type { Handlers } from '../handler.ts'
import type { HandlerOptions } from '../handlers.ts'
import { pageAsked, pageShown } from '../page-of.ts'
import { approvalIn } from '../approval-in.ts'
import { payeeCheckOf, paymentOf } from '../presenters/payments.ts'

type Names =
  | 'checkPayee'
  | 'pay'
  | 'listPayments'
  | 'getPayment'
  | 'approvePayment'
  | 'cancelPayment'

export function paymentHandlers({ flows }: HandlerOptions): Handlers<Names> {
  /** The answer as the command gave it, not as the payment is by now: a repeat says the same. */
  async function show(actor: Actor, payment: Payment): Promise<ShownPayment> {
    const [view] = await flows.showPayments(actor, [payment], { fresh: true })
    return paymentOf(required(view, `view of ${payment.id}`))
  }
  async function shown(
    actor: Actor,
    answer: Result<Payment, FlowProblem>,
  ): Promise<Result<ShownPayment, FlowProblem>> {
    return answer.ok ? ok(await show(actor, answer.value)) : answer
  }
  return {
    async checkPayee({ actor, query }) {
      const check = await flows.checkPayee(actor, query.phone, query.name)
      return check.ok ? ok(payeeCheckOf(check.value)) : check
    },
    async pay({ actor, key: requestId, body }) {
      const { payee, amount, source, memo } = body
      const made = await flows.pay(actor, {
        requestId,
        payee: 'phone' in payee ? payee.phone : payee.customer_id,
        amount: fenOf(amount),
        source,
        memo: memo ?? null,
      })
      return made.ok ? ok(await show(actor, made.value.payment)) : made
    },
    async listPayments({ actor, query }) {
      const found = await flows.readPayments(actor, pageAsked(query))
      return found.ok ? ok(pageShown(found.value, query.limit, paymentOf)) : found
    },
    async getPayment({ actor, params }) {
      const found = await flows.readPayment(actor, params.id)
      return found.ok ? ok(paymentOf(found.value)) : found
    },
    async approvePayment({ actor, key: requestId, params, body }) {
      const input = { requestId, paymentId: params.id, ...approvalIn(body) }
      return shown(actor, await flows.approvePayment(actor, input))
    },
    async cancelPayment({ actor, key: requestId, params }) {
      const input = { requestId, paymentId: params.id }
      return shown(actor, await flows.cancelPayment(actor, input))
    },
  }
}
