import type { Instant, Result } from '#kernel'
import type { PassingFailure } from '../passing-failure.ts'

/**
 * Accounts at the bank that belong to the product: `reserve` customers' money (1010) ·
 * `settlement` towards the fund (1110) · `operator` its own cash (1410) · `custodian` the fund's
 * cash · `facility` the advance bank's (below zero = drawn) · `insurer` the insurer's ·
 * `market` where the fund invests · `outside` everybody else. Only the last two and the facility
 * may go below zero.
 */
export const ownAccounts = [
  'reserve',
  'settlement',
  'operator',
  'custodian',
  'facility',
  'insurer',
  'market',
  'outside',
] as const
export type OwnAccount = (typeof ownAccounts)[number]

export const bankRefusals = [
  'account_not_found',
  'account_closed',
  'insufficient_funds',
  'refused',
  'amount_invalid',
  'reference_reused',
  'movement_not_found',
] as const
export type BankRefusal = (typeof bankRefusals)[number]
export type BankError = BankRefusal | PassingFailure

export const movementKinds = [
  'opening',
  'collect',
  'pay_out',
  'move',
  'return',
  'income',
  'remittance',
  'deposit',
] as const
export type MovementKind = (typeof movementKinds)[number]

/** Money that went from one account to another, or a request that the bank refused for good. */
export interface BankMovement {
  /** Grows with time; gaps are possible. */
  readonly sequence: bigint
  readonly reference: string
  readonly kind: MovementKind
  /** An own account's name or a customer's account number. */
  readonly from: string
  readonly to: string
  /** Fen, above zero. */
  readonly amount: bigint
  /** `returned`: settled first, then sent back by the movement `<reference>/return`. */
  readonly status: 'settled' | 'refused' | 'returned'
  readonly refusal: BankRefusal | null
  readonly at: Instant
}

/** A transfer that may be repeated: same reference and content, same answer. */
export interface BankTransfer {
  readonly reference: string
  readonly accountNumber: string
  /** Fen, above zero. */
  readonly amount: bigint
}

/**
 * The bank that holds the product's cash and reaches customers' bank accounts. Amounts are fen.
 * Everything that moves money is idempotent by `reference`; the same reference with other content
 * is `reference_reused`. Passing failures (`isPassing`) may be repeated; all others are final.
 */
export interface Bank {
  /** Does this name hold the account? Errors: account_not_found, account_closed. */
  confirmHolder(query: {
    accountNumber: string
    name: string
  }): Promise<Result<'match' | 'mismatch', BankError>>
  /**
   * Pulls money from a customer's account into `reserve`.
   * Errors: insufficient_funds, refused, account_not_found, account_closed, amount_invalid.
   */
  collect(transfer: BankTransfer): Promise<Result<BankMovement, BankError>>
  /**
   * Pays from `reserve` to a customer's account; may come back later (`find` then says returned).
   * Errors: insufficient_funds, refused, account_not_found, account_closed, amount_invalid.
   */
  payOut(transfer: BankTransfer): Promise<Result<BankMovement, BankError>>
  /** Moves money between two own accounts. Errors: insufficient_funds, amount_invalid. */
  move(transfer: {
    reference: string
    from: OwnAccount
    to: OwnAccount
    amount: bigint
  }): Promise<Result<BankMovement, BankError>>
  /** What became of a reference. Errors: movement_not_found. */
  find(reference: string): Promise<Result<BankMovement, BankError>>
  /** Fen now. Errors: account_not_found. */
  balance(account: OwnAccount): Promise<Result<bigint, BankError>>
  /** Settled movements of an account after a sequence, oldest first, at most 500. */
  movements(query: {
    account: OwnAccount
    after: bigint
  }): Promise<Result<readonly BankMovement[], BankError>>
}
