import type { Command } from '#commit'
import {
  actorKeys,
  deviceIn,
  isTrusted,
  paymentApprovalText,
  sessionKey,
  session,
  standingOf,
} from '#identity'
import { fail, ok, type Result } from '#kernel'
import { payment, paymentById, type Payment } from '#wallet'
import type { Actor, FlowContext, Problem } from './context.ts'
import { endPaymentKeys, releasePayment } from './end-payment.ts'
import {
  approvalKeys,
  proveApproval,
  refusalOfApproval,
  type ApprovalProof,
  type ApprovalShown,
} from './prove-approval.ts'
import { submit } from './submit.ts'

interface Approval {
  readonly present: Payment
  readonly actor: Actor
  readonly proof: ApprovalProof
}
type ApprovalAnswer = { payment: Payment } | { refused: Problem; undecided?: true }

/** The payer's answer to a challenge, given on a device he has trusted long enough. */
const approveCommand: Command<Approval, ApprovalAnswer> = {
  name: 'flows.approve-payment',
  reads: ({ present, actor, proof }) => [
    ...actorKeys(actor),
    ...approvalKeys(actor, proof),
    sessionKey(actor.sessionId),
    ...endPaymentKeys(present),
  ],
  apply(state, { present, actor, proof }, now) {
    const standing = standingOf(state, actor, now)
    if (standing === 'session_expired') return { refused: { code: standing }, undecided: true }
    if (standing === 'customer_frozen') return { refused: { code: standing } }
    const current = state.get(payment, present.id)
    if (current?.state !== 'challenged') return { refused: { code: 'payment_not_open' } }
    // A stolen session does not count: the session must have been opened on the trusted device.
    const bound = state.get(session, actor.sessionId)?.deviceId === actor.deviceId
    const trusted = isTrusted(deviceIn(state, actor.customerId, actor.deviceId), now)
    if (!bound || !trusted) return { refused: { code: 'device_not_trusted' } }
    // What was signed is this payment, amount and payee: they never change.
    const unproved = refusalOfApproval(state, { actor, proof }, now)
    if (unproved !== null) return { refused: { code: unproved.code }, undecided: true }
    const released = releasePayment(state, current, now)
    if (released.ok) return { payment: released.value }
    return { refused: { code: 'payment_not_open', detail: released.error } }
  },
}

/**
 * Confirms a challenged payment. A device that has a key has signed payment id, amount and payee.
 * Errors: payment_not_found, payment_not_open, device_not_trusted, customer_frozen,
 * session_expired, unavailable, and those of `proveApproval`.
 */
export function createApprovePayment(context: FlowContext) {
  return async (
    actor: Actor,
    input: { requestId: string; paymentId: string } & ApprovalShown,
  ): Promise<Result<Payment, Problem>> => {
    const present = await paymentById(context.sql, input.paymentId)
    if (present?.payer !== actor.customerId) return fail({ code: 'payment_not_found' })
    if (present.holdId === null) return fail({ code: 'payment_not_open' })
    const { amount } = present
    const asked = { text: paymentApprovalText(present), amount, shown: input }
    const proven = await proveApproval(context, actor, asked)
    if (!proven.ok) return proven
    const answer = await submit(context, approveCommand, {
      owner: actor.customerId,
      id: `approve:${input.requestId}`,
      content: { paymentId: input.paymentId },
      input: { present, actor, proof: proven.value },
    })
    if (!answer.ok) return answer
    return 'refused' in answer.value ? fail(answer.value.refused) : ok(answer.value.payment)
  }
}
