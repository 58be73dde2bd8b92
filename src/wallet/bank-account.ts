import { defineRecord, freshKeyOf, keyOf, type Key } from '#commit'
import { hour, type Instant } from '#kernel'

/** A customer's own account at a bank, its holder's name confirmed by that bank. */
export interface BankAccount {
  readonly id: string
  readonly customerId: string
  readonly bankName: string
  /** Needed to pay out; shown to nobody in full. */
  readonly accountNumber: string
  readonly holderName: string
  readonly linkedAt: Instant
  /** Withdrawals go there from then on: a thief who links one has to wait and be noticed. */
  readonly usableFrom: Instant
  readonly unlinkedAt: Instant | null
}

/** Cool-off of a newly linked account before money may leave to it. Source: design, "Cool-offs". */
export const linkCoolOffMs = 12 * hour

export const bankAccount = defineRecord<BankAccount>({
  name: 'wallet.bank_account',
  key: 'id',
  fields: {
    id: 'text',
    customerId: 'text',
    bankName: 'text',
    accountNumber: 'text',
    holderName: 'text',
    linkedAt: 'instant',
    usableFrom: 'instant',
    unlinkedAt: 'instant',
  },
  constant: ['customerId', 'bankName', 'accountNumber', 'holderName', 'linkedAt'],
})

export function bankAccountKey(id: string): Key {
  return keyOf(bankAccount, id)
}

export function freshBankAccountKey(id: string): Key {
  return freshKeyOf(bankAccount, id)
}

/** `6222 •••• 1234`: enough to recognise, not enough to use. */
export function maskAccountNumber(accountNumber: string): string {
  return `${accountNumber.slice(0, 4)} •••• ${accountNumber.slice(-4)}`
}
