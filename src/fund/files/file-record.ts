import { defineLog, defineRecord, keyOf, type Key } from '#commit'
import type { Instant, LocalDate } from '#kernel'

/**
 * A file is `sent` by us, or `received`, then `parsed` (good as a whole), then `applied`. A bad one
 * stays `received`, with how many faults it has; one that our books cannot take yet, or contradict,
 * stays `parsed`. Its bytes are known by their SHA-256 and never change under one name.
 */
export interface FundFileRecord {
  /** The name. */
  readonly id: string
  readonly state: 'sent' | 'received' | 'parsed' | 'applied'
  readonly type: string
  readonly date: LocalDate
  readonly sha256: string
  /** Bytes. */
  readonly size: number
  readonly faults: number
  /** Differences from our books, when it was applied. */
  readonly breaks: number
  readonly seenAt: Instant
  readonly parsedAt: Instant | null
  readonly appliedAt: Instant | null
}

export const fundFile = defineRecord<FundFileRecord>({
  name: 'fund.file',
  key: 'id',
  fields: {
    id: 'text',
    state: 'text',
    type: 'text',
    date: 'text',
    sha256: 'text',
    size: 'integer',
    faults: 'integer',
    breaks: 'integer',
    seenAt: 'instant',
    parsedAt: 'instant',
    appliedAt: 'instant',
  },
  constant: ['type', 'date', 'sha256', 'size', 'seenAt'],
  shortLived: true,
})

export function fundFileKey(name: string): Key {
  return keyOf(fundFile, name)
}

/** One difference between a file and our books. Figures as decimal strings. */
export interface FileBreak {
  /** In the file; 0: something that should be in it is not. */
  readonly line: number
  readonly field: string
  /** Whose: a customer, `advance_bank`, an order, or the fund's day. */
  readonly about: string
  readonly ours: string
  readonly theirs: string
}

export interface FileBreakRow extends FileBreak {
  readonly file: string
  readonly at: Instant
}

export const fileBreakLog = defineLog<FileBreakRow>({
  name: 'fund.file_break',
  fields: {
    file: 'text',
    line: 'integer',
    field: 'text',
    about: 'text',
    ours: 'text',
    theirs: 'text',
    at: 'instant',
  },
})

/** What the fund manager published for a day, with the limits he announced (fen; 0: none). */
export interface QuotationRecord {
  /** The date. */
  readonly id: LocalDate
  readonly file: string
  readonly incomeFen: bigint
  readonly units: bigint
  readonly per10k: bigint
  readonly yield7d: bigint | null
  readonly personDailyBuyFen: bigint
  readonly personDailyRedeemFen: bigint
  readonly fundDailyBuyFen: bigint
}

export const quotation = defineRecord<QuotationRecord>({
  name: 'fund.quotation',
  key: 'id',
  fields: {
    id: 'text',
    file: 'text',
    incomeFen: 'bigint',
    units: 'bigint',
    per10k: 'bigint',
    yield7d: 'bigint',
    personDailyBuyFen: 'bigint',
    personDailyRedeemFen: 'bigint',
    fundDailyBuyFen: 'bigint',
  },
})
