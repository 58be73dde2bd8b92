import { defineRecord, keyOf, type Key, type View } from '#commit'
import type { Instant } from '#kernel'

/** A customer's passkey: the public half, and how often its authenticator says it was used. */
export interface Passkey {
  /** The credential's id, base64url, as its authenticator chose it. */
  readonly id: string
  readonly customerId: string
  /** COSE key, base64url. */
  readonly publicKey: string
  /** The authenticator's count; 0 for ever where it keeps none. */
  readonly counter: bigint
  readonly name: string
  /** Comma separated, as the browser named them: a hint for the next time. */
  readonly transports: string
  /** Kept by its maker in more than one place. */
  readonly backedUp: boolean
  readonly addedAt: Instant
  /** The trusted device it was added on. */
  readonly addedOn: string
  readonly lastUsedAt: Instant | null
  readonly removedAt: Instant | null
}

export const passkey = defineRecord<Passkey>({
  name: 'identity.passkey',
  key: 'id',
  fields: {
    id: 'text',
    customerId: 'text',
    publicKey: 'text',
    counter: 'bigint',
    name: 'text',
    transports: 'text',
    backedUp: 'boolean',
    addedAt: 'instant',
    addedOn: 'text',
    lastUsedAt: 'instant',
    removedAt: 'instant',
  },
  constant: ['customerId', 'publicKey', 'name', 'transports', 'addedAt', 'addedOn'],
})

/** More is a mistake or an attack. */
export const passkeysPerCustomer = 10

export function passkeyKey(id: string): Key {
  return keyOf(passkey, id)
}

/** A proof that a passkey gave, checked before the command; the command checks what can race. */
export interface PasskeyProof {
  readonly passkeyId: string
  readonly challengeId: string
  readonly counter: bigint
  readonly backedUp: boolean
}

/**
 * Notes that a passkey was used. False when it is gone, another customer's, or its count did not
 * grow: then somebody has a copy, or two proofs race.
 */
export function usePasskey(
  state: View,
  used: { proof: PasskeyProof; customerId: string },
  now: Instant,
): boolean {
  const { proof, customerId } = used
  const found = state.get(passkey, proof.passkeyId)
  if (found === undefined || found.customerId !== customerId || found.removedAt !== null) {
    return false
  }
  const counts = found.counter > 0n || proof.counter > 0n
  if (counts && proof.counter <= found.counter) return false
  const { counter, backedUp } = proof
  state.put(passkey, { ...found, counter, backedUp, lastUsedAt: now })
  return true
}

/** Takes a passkey away for good. False: not one of this customer's. */
export function removePasskey(
  state: View,
  removed: { id: string; customerId: string },
  now: Instant,
): boolean {
  const found = state.get(passkey, removed.id)
  if (found === undefined || found.customerId !== removed.customerId || found.removedAt !== null) {
    return false
  }
  state.put(passkey, { ...found, removedAt: now })
  return true
}
