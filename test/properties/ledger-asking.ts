/*
 * What can be asked of the ledger and answered by it, in the auditor's own words.
 */

/** What an account may do, in the auditor's own words. */
export interface Terms {
  readonly book: string
  /** True: money it has is a debit balance (cash); false: a credit balance (what we owe). */
  readonly isAsset: boolean
  readonly floor: boolean
  readonly ceiling: bigint | null
}

export interface Move {
  readonly debit: string
  readonly credit: string
  readonly amount: bigint
  readonly balancing?: 'debit' | 'credit'
}

/** `defect`: what no caller may ask for; the command must throw and change nothing. */
export type Prediction =
  | { readonly ok: string; readonly moved: readonly bigint[] }
  | { readonly error: string }
  | { readonly defect: string }

export interface AuditedCounters {
  readonly debits: bigint
  readonly credits: bigint
  readonly debitsPending: bigint
  readonly creditsPending: bigint
  readonly postings: bigint
}

export type Asking =
  | { readonly do: 'open'; readonly code: string; readonly owner?: string }
  | { readonly do: 'close' | 'reopen'; readonly account: string }
  | { readonly do: 'post'; readonly legs: readonly Move[]; readonly ref?: string }
  | {
      readonly do: 'hold'
      readonly id: string
      readonly legs: readonly Move[]
      readonly expiresAt: number | null
      readonly ref?: string
    }
  | {
      readonly do: 'post_hold'
      readonly id: string
      readonly amount?: bigint
      readonly final?: boolean
    }
  | { readonly do: 'void' | 'expire'; readonly id: string }
  | { readonly do: 'entry'; readonly entry: AskedEntry }
  | { readonly do: 'reverse'; readonly ref: string; readonly effectiveAt?: number }
  | { readonly do: 'chain'; readonly links: readonly Asking[] }

/** An entry with what only some have. */
export interface AskedEntry {
  readonly ref: string
  readonly legs: readonly Move[]
  readonly conditions?: readonly AskedCondition[]
  readonly effectiveAt?: number
  readonly metadata?: Readonly<Record<string, string>>
}

export interface AskedCondition {
  readonly account: string
  readonly balance?: 'posted' | 'pending' | 'available'
  readonly atLeast?: bigint
  readonly atMost?: bigint
  readonly after?: boolean
  readonly version?: bigint
}
