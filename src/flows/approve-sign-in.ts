import type { Command } from '#commit'
import {
  actorKeys,
  challengeKey,
  deviceIn,
  guardViewOf,
  isTrusted,
  openChallenge,
  signInApprovalText,
  signInChallenge,
  standingOf,
} from '#identity'
import { fail, ok, type Result } from '#kernel'
import type { Actor, FlowContext, Problem } from './context.ts'
import {
  approvalKeys,
  proveApproval,
  refusalOfApproval,
  type ApprovalProof,
  type ApprovalShown,
} from './prove-approval.ts'
import { submit } from './submit.ts'

interface Approve {
  readonly actor: Actor
  readonly challengeId: string
  readonly proof: ApprovalProof
}

type Approved = { readonly code: Problem['code'] | null; readonly undecided?: true }

const approve: Command<Approve, Approved> = {
  name: 'identity.approve-sign-in',
  reads: ({ actor, challengeId, proof }) => [
    ...actorKeys(actor),
    ...approvalKeys(actor, proof),
    challengeKey(challengeId),
  ],
  apply(state, { actor, challengeId: id, proof }, now) {
    const { customerId, deviceId } = actor
    const standing = standingOf(state, actor, now)
    if (standing === 'session_expired') return { code: standing, undecided: true }
    if (standing !== 'ok') return { code: standing }
    const trusted = isTrusted(deviceIn(state, customerId, deviceId), now)
    // A stolen session on another device vouches for nothing.
    if (!trusted || guardViewOf(state, actor, now).session?.otherDevice !== false) {
      return { code: 'device_not_trusted' }
    }
    const unproved = refusalOfApproval(state, { actor, proof }, now)
    if (unproved !== null) return { ...unproved, undecided: true }
    const found = openChallenge(state, { id, customerId }, now)
    if (typeof found === 'string') return { code: found }
    state.put(signInChallenge, { ...found, approvedAt: now, approvedOn: deviceId })
    return { code: null }
  },
}

/**
 * A trusted device vouches for a sign-in that waits. Errors: session_expired, customer_frozen,
 * device_not_trusted, challenge_not_found, challenge_expired, and those of `proveApproval`.
 */
export function createApproveSignIn(context: FlowContext) {
  return async (
    actor: Actor,
    input: { requestId: string; challengeId: string } & ApprovalShown,
  ): Promise<Result<{ approved: true }, Problem>> => {
    const { requestId: id, challengeId } = input
    const asked = { text: signInApprovalText(challengeId), amount: 0n, shown: input }
    const proven = await proveApproval(context, actor, asked)
    if (!proven.ok) return proven
    const answer = await submit(context, approve, {
      owner: actor.customerId,
      id,
      content: { challengeId },
      input: { actor, challengeId, proof: proven.value },
    })
    if (!answer.ok) return answer
    return answer.value.code === null ? ok({ approved: true }) : fail({ code: answer.value.code })
  }
}
