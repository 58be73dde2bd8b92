import { defineRecord, keyOf, type Key } from '#commit'

/** Whose a phone number is. Its id is the number: that makes a number unique. */
export interface PhoneEntry {
  /** E.164. */
  readonly id: string
  readonly customerId: string
}

export const phoneEntry = defineRecord<PhoneEntry>({
  name: 'identity.phone',
  key: 'id',
  fields: { id: 'text', customerId: 'text' },
})

export function phoneKey(phone: string): Key {
  return keyOf(phoneEntry, phone)
}
