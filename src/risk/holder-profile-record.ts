import { defineRecord, type RecordKind } from '#commit'
import { isGuest } from './guests/guest.ts'

/**
 * What the guard remembers of one holder of a wallet. The id is the wallet account's ledger id
 * (`2010:cus_…`): the composition keeps it in that account's row, so that a payment writes one row
 * per side and not two. `profile` is null until something has happened.
 */
export interface HolderProfileRecord {
  readonly id: string
  readonly profile: Uint8Array | null
}

export const holderProfile = defineRecord<HolderProfileRecord>({
  name: 'risk.holder_profile',
  key: 'id',
  fields: { id: 'text', profile: 'bytes' },
})

/** The same of a customer of another wallet, in the row of what the guard was told of him. */
export const guestProfile = defineRecord<HolderProfileRecord>({
  name: 'risk.guest_profile',
  key: 'id',
  fields: { id: 'text', profile: 'bytes' },
})

/** Where a holder's profile is kept. */
export function profileKindOf(holder: string): RecordKind<HolderProfileRecord> {
  return isGuest(holder) ? guestProfile : holderProfile
}
