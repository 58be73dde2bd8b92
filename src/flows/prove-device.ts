import { devicePublicKey, signatureFits } from '#identity'
import { fail, ok, type Result } from '#kernel'
import type { Actor, FlowContext, Problem } from './context.ts'

/**
 * Checks that this request's device signed these words, if it has a key. Answers the key that the
 * signature fitted, for the command to compare; null: the device has none.
 * Errors: device_proof_missing, device_proof_wrong.
 */
export async function proveDevice(
  context: Pick<FlowContext, 'sql'>,
  actor: Pick<Actor, 'customerId' | 'deviceId'>,
  signed: { text: string; signature: string | undefined },
): Promise<Result<string | null, Problem>> {
  const { customerId, deviceId } = actor
  const publicKey = await devicePublicKey(context.sql, { customerId, deviceId })
  if (publicKey === null) return ok(null)
  const { text, signature } = signed
  if (signature === undefined) return fail({ code: 'device_proof_missing', param: 'signature' })
  return signatureFits({ publicKey, text, signature })
    ? ok(publicKey)
    : fail({ code: 'device_proof_wrong', param: 'signature' })
}
