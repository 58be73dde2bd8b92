import { defineRecord } from '#commit'

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
