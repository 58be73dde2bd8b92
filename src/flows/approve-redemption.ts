import type { Command } from '#commit'
import { fundOrder, lapseRedemption, redemptionKeys, type FundOrder } from '#fund'
import { actorKeys, deviceIn, isTrusted, redemptionApprovalText, standingOf } from '#identity'
import { fail, ok, type Result } from '#kernel'
import { guardKeys } from '#risk'
import type { Actor, FlowContext, Problem } from './context.ts'
import { moveUnits, problemOf, redemptionParties, type RedeemError } from './redeem.ts'
import {
  approvalKeys,
  proveApproval,
  refusalOfApproval,
  type ApprovalProof,
  type ApprovalShown,
} from './prove-approval.ts'
import { submit } from './submit.ts'

type ApproveError =
  | RedeemError
  | 'order_not_found'
  | 'challenge_not_found'
  | 'challenge_expired'
  | 'device_not_trusted'
  | Problem['code']

const approveRedemption: Command<
  { actor: Actor; orderId: string; proof: ApprovalProof },
  Result<FundOrder, ApproveError>
> = {
  name: 'flows.approve_redemption',
  reads: ({ actor, orderId, proof }) => [
    ...actorKeys(actor),
    ...approvalKeys(actor, proof),
    ...guardKeys(redemptionParties(actor)),
    // Whichever way it goes: only the order says.
    ...redemptionKeys({ orderId, customerId: actor.customerId, speed: 'normal' }),
  ],
  apply(state, { actor, orderId, proof }, now) {
    const standing = standingOf(state, actor, now)
    if (standing !== 'ok') return fail(standing)
    const { customerId, deviceId, sessionDeviceId } = actor
    const order = state.get(fundOrder, orderId)
    if (order === undefined || order.customerId !== customerId) return fail('order_not_found')
    if (order.state !== 'challenged') return fail('challenge_not_found')
    if (lapseRedemption(state, order, now)) return fail('challenge_expired')
    const trusted = isTrusted(deviceIn(state, customerId, deviceId), now)
    // A device that somebody else operates from afar answers for nobody.
    const ownHand = deviceId === sessionDeviceId && !actor.signals.remoteControl
    if (!trusted || !ownHand) return fail('device_not_trusted')
    const unproved = refusalOfApproval(state, { actor, proof }, now)
    if (unproved !== null) return fail(unproved.code)
    const { amount, decisionId, kind } = order
    const speed = kind === 'fast_redemption' ? 'fast' : 'normal'
    return moveUnits(state, { orderId, customerId, amount, speed, decisionId, actor }, now)
  },
}

/**
 * The customer answers a challenged redemption from a trusted device that his session is bound to:
 * it is then carried out as if placed now.
 * Errors: order_not_found, challenge_not_found, challenge_expired, device_not_trusted, and those
 * of `proveApproval` and `redeem`.
 */
export function createApproveRedemption(context: FlowContext) {
  return async (
    actor: Actor,
    input: { orderId: string } & ApprovalShown,
  ): Promise<Result<FundOrder, Problem>> => {
    const { orderId } = input
    const text = redemptionApprovalText(orderId)
    // Its own wallet is where the money goes: the sum alone is no reason to ask for more.
    const proven = await proveApproval(context, actor, { text, amount: 0n, shown: input })
    if (!proven.ok) return proven
    // No stored answer from an untrusted device may stand in the way of a later good one.
    const answer = await submit(context, approveRedemption, {
      owner: actor.customerId,
      id: context.ids.next('req'),
      input: { actor, orderId, proof: proven.value },
    })
    if (!answer.ok) return answer
    const done = answer.value
    if (done.ok) return ok(done.value)
    const { error } = done
    if (error === 'facility_exhausted') return fail(problemOf(error))
    return fail({ code: error })
  }
}
