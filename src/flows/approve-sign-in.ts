import type { Command } from '#commit'
import {
  actorKeys,
  challengeKey,
  deviceIn,
  deviceKeyKey,
  deviceSigned,
  guardViewOf,
  isTrusted,
  openChallenge,
  signInApprovalText,
  signInChallenge,
  standingOf,
} from '#identity'
import { fail, ok, type Result } from '#kernel'
import type { Actor, FlowContext, Problem } from './context.ts'
import { proveDevice } from './prove-device.ts'
import { submit } from './submit.ts'

interface Approve {
  readonly actor: Pick<Actor, 'customerId' | 'sessionId' | 'deviceId'>
  readonly challengeId: string
  readonly provenKey: string | null
}

type Approved = { readonly code: Problem['code'] | null; readonly undecided?: true }

const approve: Command<Approve, Approved> = {
  name: 'identity.approve-sign-in',
  reads: ({ actor, challengeId }) => [
    ...actorKeys(actor),
    deviceKeyKey(actor),
    challengeKey(challengeId),
  ],
  apply(state, { actor, challengeId: id, provenKey }, now) {
    const { customerId, deviceId } = actor
    const standing = standingOf(state, actor, now)
    if (standing === 'session_expired') return { code: standing, undecided: true }
    if (standing !== 'ok') return { code: standing }
    const trusted = isTrusted(deviceIn(state, customerId, deviceId), now)
    // A stolen session on another device vouches for nothing.
    if (!trusted || guardViewOf(state, actor, now).session?.otherDevice !== false) {
      return { code: 'device_not_trusted' }
    }
    if (!deviceSigned(state, actor, provenKey)) return { code: 'device_proof_wrong' }
    const found = openChallenge(state, { id, customerId }, now)
    if (typeof found === 'string') return { code: found }
    state.put(signInChallenge, { ...found, approvedAt: now, approvedOn: deviceId })
    return { code: null }
  },
}

/**
 * A trusted device vouches for a sign-in that waits. Errors: session_expired, customer_frozen,
 * device_not_trusted, device_proof_missing, device_proof_wrong, challenge_not_found,
 * challenge_expired.
 */
export function createApproveSignIn(context: FlowContext) {
  return async (
    actor: Actor,
    input: { requestId: string; challengeId: string; signature?: string },
  ): Promise<Result<{ approved: true }, Problem>> => {
    const { customerId, sessionId, deviceId } = actor
    const { requestId: id, challengeId } = input
    const signed = { text: signInApprovalText(challengeId), signature: input.signature }
    const proven = await proveDevice(context, actor, signed)
    if (!proven.ok) return proven
    const answer = await submit(context, approve, {
      owner: customerId,
      id,
      content: { challengeId },
      input: { actor: { customerId, sessionId, deviceId }, challengeId, provenKey: proven.value },
    })
    if (!answer.ok) return answer
    return answer.value.code === null ? ok({ approved: true }) : fail({ code: answer.value.code })
  }
}
