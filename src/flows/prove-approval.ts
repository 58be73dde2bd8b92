import type { Key, View } from '#commit'
import { deviceKeyKey, deviceSigned } from '#identity'
import { fail, ok, type Instant, type Result } from '#kernel'
import type { Actor, FlowContext, Problem } from './context.ts'
import {
  provedKeys,
  provePasswordAgain,
  refusalOfProved,
  type ProvedAgain,
} from './password-again.ts'
import { proveDevice } from './prove-device.ts'

/** Fen up to which a device without a key approves on its word, where its session began. */
const onItsWord = 2_000_000n

/** What a device showed with its approval, checked before the command. */
export interface ApprovalProof {
  /** The device's key that a signature fitted; null: it has none. */
  readonly provenKey: string | null
  /** The password, shown again by a device without a key; null: it was not needed. */
  readonly proved: ProvedAgain | null
}

export interface ApprovalShown {
  readonly signature?: string
  readonly password?: string
}

/**
 * Is it this device that approves? One with a key signs. What a device without a key sends can be
 * copied, cookie and name, so from another network than its session began on, and above 20,000.00,
 * it brings the password.
 * Errors: device_proof_missing, device_proof_wrong, password_required, and those of
 * `provePasswordAgain`.
 */
export async function proveApproval(
  context: FlowContext,
  actor: Actor,
  approved: { text: string; amount: bigint; shown: ApprovalShown },
): Promise<Result<ApprovalProof, Problem>> {
  const { text, amount, shown } = approved
  const signed = await proveDevice(context, actor, { text, signature: shown.signature })
  if (!signed.ok) return signed
  const provenKey = signed.value
  const { sessionNetwork = actor.network } = actor
  const free = amount <= onItsWord && sessionNetwork === actor.network
  if (provenKey !== null || free) return ok({ provenKey, proved: null })
  if (actor.deviceId !== actor.sessionDeviceId) return fail({ code: 'device_not_trusted' })
  if (shown.password === undefined) return fail({ code: 'password_required', param: 'password' })
  const proved = await provePasswordAgain(context, actor, shown.password)
  return proved.ok ? ok({ provenKey, proved: proved.value }) : proved
}

/** What `refusalOfApproval` reads beside `actorKeys`. */
export function approvalKeys(actor: Actor, { proved }: ApprovalProof): Key[] {
  return [deviceKeyKey(actor), ...(proved === null ? [] : provedKeys(proved))]
}

/** Under the lane: does what was shown still hold? Needs `actorKeys` and `approvalKeys`. */
export function refusalOfApproval(
  state: View,
  { actor, proof }: { actor: Actor; proof: ApprovalProof },
  now: Instant,
): { readonly code: Problem['code']; readonly undecided?: true } | null {
  if (!deviceSigned(state, actor, proof.provenKey)) return { code: 'device_proof_wrong' }
  return proof.proved === null ? null : refusalOfProved(state, proof.proved, now)
}
