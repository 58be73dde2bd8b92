import type { Command } from '#commit'
import {
  customerKey,
  deviceKeyKey,
  deviceSigned,
  freshSessionKey,
  newToken,
  rotateSession,
  rotationGraceMs,
  rotationText,
  sessionIdOf,
  sessionKey,
} from '#identity'
import { fail, ok, type Instant, type Result } from '#kernel'
import type { Actor, FlowContext, Problem } from './context.ts'
import { signedIn, type SignedIn } from './new-session.ts'
import { personDeadline } from './person-deadline.ts'
import { proveDevice } from './prove-device.ts'
import { submit } from './submit.ts'

interface Rotate {
  readonly customerId: string
  readonly deviceId: string
  readonly oldId: string
  readonly newId: string
  readonly graceMs: number
  readonly provenKey: string | null
}

type Rotated = { readonly expiresAt: Instant } | { readonly code: Problem['code'] }

const rotate: Command<Rotate, Rotated> = {
  name: 'identity.rotate-session',
  reads: (input) => [
    customerKey(input.customerId),
    sessionKey(input.oldId),
    freshSessionKey(input.newId),
    deviceKeyKey(input),
  ],
  apply(state, input, now) {
    if (!deviceSigned(state, input, input.provenKey)) return { code: 'device_proof_wrong' }
    const next = rotateSession(state, input, now)
    return next === null ? { code: 'session_expired' } : { expiresAt: next.expiresAt }
  },
}

/**
 * Exchanges the token of a session for a new one; the old one dies within seconds, and whoever
 * shows it later gives a theft away. On a device with a key only that key can do it. The session
 * ends when it would have. Errors: device_not_trusted (another device than the session's),
 * device_proof_missing, device_proof_wrong, session_expired.
 */
export function createRotateSession(context: FlowContext) {
  return async (
    actor: Actor,
    input: { signature?: string },
  ): Promise<Result<SignedIn, Problem>> => {
    const { customerId, sessionId: oldId, deviceId, sessionDeviceId } = actor
    if (deviceId !== sessionDeviceId) return fail({ code: 'device_not_trusted' })
    const signed = { text: rotationText(oldId), signature: input.signature }
    const proven = await proveDevice(context, actor, signed)
    if (!proven.ok) return proven
    const token = newToken(context.random)
    const answer = await submit(context, rotate, {
      owner: 'rotate-session',
      id: context.ids.next('req'),
      input: {
        customerId,
        deviceId,
        oldId,
        newId: sessionIdOf(token),
        graceMs: personDeadline(context, rotationGraceMs),
        provenKey: proven.value,
      },
    })
    if (!answer.ok) return answer
    if ('code' in answer.value) return fail({ code: answer.value.code })
    return ok(signedIn(token, { customerId, deviceId, expiresAt: answer.value.expiresAt }))
  }
}
