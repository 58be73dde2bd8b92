import {
  credential,
  credentialKey,
  deviceIn,
  findCustomer,
  guardViewOf,
  isTrusted,
  isTrustedDevice,
  passwordHashOf,
  signInBlocked,
  standingOf,
} from '#identity'
import type { Key, View } from '#commit'
import { fail, ok, type Instant, type Result } from '#kernel'
import type { Actor, FlowContext, Problem } from './context.ts'
import { countFailedSignIn } from './count-failed-sign-in.ts'

/** A customer who has shown his password again on a trusted device; the command checks it again. */
export interface ProvedAgain {
  readonly customerId: string
  readonly sessionId: string
  readonly deviceId: string
  readonly phone: string
  readonly verifiedHash: string
}

/**
 * Before anything that changes how he is known: the password again, on a trusted device of his. The
 * device comes first: whoever holds a stolen session shall not try passwords here; five wrong ones
 * end the session.
 * Errors: device_not_trusted, too_many_tries, credentials_wrong, session_expired.
 */
export async function provePasswordAgain(
  context: FlowContext,
  actor: Actor,
  password: string,
): Promise<Result<ProvedAgain, Problem>> {
  const { customerId, sessionId, deviceId } = actor
  const { sql, passwords } = context
  const now = context.now()
  const [who, verifiedHash, trusted] = await Promise.all([
    findCustomer(sql, customerId),
    passwordHashOf(sql, customerId),
    isTrustedDevice(sql, { customerId, deviceId }, now),
  ])
  if (who === null || verifiedHash === null) return fail({ code: 'session_expired' })
  if (!trusted || deviceId !== actor.sessionDeviceId) return fail({ code: 'device_not_trusted' })
  const { phone } = who
  if (await signInBlocked(sql, { phone, deviceId }, now)) return fail({ code: 'too_many_tries' })
  if (!(await passwords.verify(verifiedHash, password))) {
    await countFailedSignIn(context, { phone, customerId, sessionId })
    return fail({ code: 'credentials_wrong', param: 'password' })
  }
  return ok({ customerId, sessionId, deviceId, phone, verifiedHash })
}

/** What `refusalOfProved` reads beside `actorKeys`. */
export function provedKeys({ customerId }: ProvedAgain): Key[] {
  return [credentialKey(customerId)]
}

/** Under the lane: does what was proved still hold? Needs `actorKeys` and `provedKeys`. */
export function refusalOfProved(
  state: View,
  proved: ProvedAgain,
  now: Instant,
): { readonly code: Problem['code']; readonly undecided?: true } | null {
  const { customerId, deviceId, verifiedHash } = proved
  const standing = standingOf(state, proved, now)
  if (standing === 'session_expired') return { code: standing, undecided: true }
  if (standing !== 'ok') return { code: standing }
  const trusted = isTrusted(deviceIn(state, customerId, deviceId), now)
  if (!trusted || guardViewOf(state, proved, now).session?.otherDevice !== false) {
    return { code: 'device_not_trusted' }
  }
  const still = state.get(credential, customerId)?.passwordHash === verifiedHash
  return still ? null : { code: 'credentials_wrong', undecided: true }
}
