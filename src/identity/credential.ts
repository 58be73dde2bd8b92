import { defineRecord, keyOf, type Key } from '#commit'

/** A customer's password, as argon2id made it; apart, so that reading a customer never shows it. */
export interface Credential {
  /** The customer's id. */
  readonly id: string
  readonly passwordHash: string
}

export const credential = defineRecord<Credential>({
  name: 'identity.credential',
  key: 'id',
  fields: { id: 'text', passwordHash: 'text' },
})

export function credentialKey(customerId: string): Key {
  return keyOf(credential, customerId)
}
