import { createPublicKey, verify } from 'node:crypto'
import { defineRecord, keyOf, type Key, type View } from '#commit'
import type { Instant } from '#kernel'

/**
 * The public half of a device's own key (ECDSA P-256), whose private half never leaves the browser.
 * A device that has one signs what it approves: a session and the device's name, stolen together,
 * approve nothing.
 */
export interface DeviceKey {
  /** `cus_…/dev_…`, as the device's. */
  readonly id: string
  readonly customerId: string
  /** SPKI, base64url. */
  readonly publicKey: string
  readonly addedAt: Instant
}

export const deviceKeyRecord = defineRecord<DeviceKey>({
  name: 'identity.device_key',
  key: 'id',
  fields: { id: 'text', customerId: 'text', publicKey: 'text', addedAt: 'instant' },
  constant: ['customerId', 'publicKey', 'addedAt'],
})

/** Whose device: the customer's and the device's id. */
export interface OwnDeviceId {
  readonly customerId: string
  readonly deviceId: string
}

function idOf({ customerId, deviceId }: OwnDeviceId): string {
  return `${customerId}/${deviceId}`
}

export function deviceKeyKey(own: OwnDeviceId): Key {
  return keyOf(deviceKeyRecord, idOf(own))
}

/**
 * Binds a key to a device that has none. One that has a key keeps it for ever: whoever lost it is
 * a new device to us. Needs `deviceKeyKey`.
 */
export function bindDeviceKey(
  state: View,
  bound: OwnDeviceId & { publicKey: string | null },
  now: Instant,
): void {
  const { customerId, publicKey } = bound
  const id = idOf(bound)
  if (publicKey === null || state.get(deviceKeyRecord, id) !== undefined) return
  state.put(deviceKeyRecord, { id, customerId, publicKey, addedAt: now })
}

/**
 * Did this device sign? `provenKey` is the key that a signature was checked against before the
 * command, null when there was none. True too for a device that has no key. Needs `deviceKeyKey`.
 */
export function deviceSigned(state: View, own: OwnDeviceId, provenKey: string | null): boolean {
  const key = state.get(deviceKeyRecord, idOf(own))
  return key === undefined || key.publicKey === provenKey
}

/** Checks an ECDSA signature (SHA-256, r and s side by side, as WebCrypto writes it). */
export function signatureFits(signed: {
  publicKey: string
  text: string
  signature: string
}): boolean {
  try {
    const key = createPublicKey({
      key: Buffer.from(signed.publicKey, 'base64url'),
      format: 'der',
      type: 'spki',
    })
    const signature = Buffer.from(signed.signature, 'base64url')
    const { text } = signed
    return verify('sha256', Buffer.from(text), { key, dsaEncoding: 'ieee-p1363' }, signature)
  } catch {
    // A key that is no point of the curve.
    return false
  }
}
