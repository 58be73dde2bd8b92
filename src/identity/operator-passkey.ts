import { defineRecord, keyOf, type Key, type View } from '#commit'
import type { Instant } from '#kernel'

/** A passkey of an operator. Customers' are kept apart: neither opens the other's door. */
export interface OperatorPasskey {
  /** The credential's id, base64url, as its authenticator chose it. */
  readonly id: string
  readonly operatorId: string
  /** COSE key, base64url. */
  readonly publicKey: string
  /** The authenticator's count; 0 for ever where it keeps none. */
  readonly counter: bigint
  readonly name: string
  readonly addedAt: Instant
  readonly lastUsedAt: Instant | null
  readonly removedAt: Instant | null
}

export const operatorPasskey = defineRecord<OperatorPasskey>({
  name: 'identity.operator_passkey',
  key: 'id',
  fields: {
    id: 'text',
    operatorId: 'text',
    publicKey: 'text',
    counter: 'bigint',
    name: 'text',
    addedAt: 'instant',
    lastUsedAt: 'instant',
    removedAt: 'instant',
  },
  constant: ['operatorId', 'publicKey', 'name', 'addedAt'],
})

export function operatorPasskeyKey(id: string): Key {
  return keyOf(operatorPasskey, id)
}

/**
 * Notes that a passkey was used. False when it is gone, another operator's, added before his
 * factors were last taken away, or its count did not grow: then somebody has a copy.
 */
export function useOperatorPasskey(
  state: View,
  used: { id: string; operatorId: string; counter: bigint; factorSince: Instant | null },
  now: Instant,
): boolean {
  const { id, operatorId, counter, factorSince } = used
  const found = state.get(operatorPasskey, id)
  if (found === undefined || found.operatorId !== operatorId || found.removedAt !== null) {
    return false
  }
  if (factorSince === null || found.addedAt < factorSince) return false
  const counts = found.counter > 0n || counter > 0n
  if (counts && counter <= found.counter) return false
  state.put(operatorPasskey, { ...found, counter, lastUsedAt: now })
  return true
}
