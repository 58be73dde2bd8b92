import type { LocalDate } from '#kernel'
import type { AccountPosting } from '#ledger'
import {
  ageDays,
  ageing,
  type AgeBand,
  type BankStatement,
  type Break,
  type BreakKind,
  type LineRow,
  type Matching,
  type MatchRule,
} from '#reconciliation'

/** One of the lines of a break. */
export interface BrokenLine {
  /** `<file>#<number>`. */
  readonly id: string
  readonly date: LocalDate
  /** Fen; positive: money that came in. */
  readonly amount: bigint
  readonly reference: string | null
  readonly counterparty: string | null
}

export interface BrokenPosting {
  readonly entry: bigint
  readonly date: LocalDate
  /** Fen; positive: debit. */
  readonly amount: bigint
  readonly kind: string
  readonly ref: string
}

export interface ReportedBreak {
  readonly kind: BreakKind
  /** Fen that the bank has more than we. */
  readonly difference: bigint
  readonly since: LocalDate
  readonly ageDays: number
  readonly lines: readonly BrokenLine[]
  readonly postings: readonly BrokenPosting[]
}

/** What comparing one statement came to; amounts in fen. */
export interface ReconciliationReport {
  readonly account: string
  readonly statement: {
    readonly name: string
    readonly format: BankStatement['format']
    readonly from: LocalDate
    readonly to: LocalDate
    readonly lines: number
    /** False: it was there already. */
    readonly isNew: boolean
  }
  readonly dryRun: boolean
  readonly rule: MatchRule
  readonly asOf: LocalDate
  /** Matches of this run by their shape, and how many lines and postings are in them. */
  readonly matched: {
    readonly oneToOne: number
    readonly oneToMany: number
    readonly manyToOne: number
    /** Movements of one side that cancel each other. */
    readonly cancelled: number
    readonly lines: number
    readonly postings: number
  }
  readonly unmatched: { readonly lines: number; readonly postings: number }
  readonly breaks: readonly ReportedBreak[]
  readonly ageing: readonly AgeBand[]
  /** At the end of the statement's last day; null where the file states no closing balance. */
  readonly balance: {
    readonly statement: bigint | null
    readonly ledger: bigint
    readonly difference: bigint | null
  }
}

/** Open lines and postings of an account, compared. */
export interface Compared {
  readonly matching: Matching
  /** Of our books, 0n before the first run. */
  readonly version: bigint
  readonly openSince: LocalDate | null
  readonly lines: ReadonlyMap<string, Pick<LineRow, 'reference' | 'counterparty'>>
  readonly postings: ReadonlyMap<string, AccountPosting>
}

interface Facts extends Compared {
  readonly account: string
  readonly name: string
  readonly statement: BankStatement
  readonly isNew: boolean
  readonly dryRun: boolean
  readonly rule: MatchRule
  readonly asOf: LocalDate
  readonly ledgerBalance: bigint
}

export function reportOf(facts: Facts): ReconciliationReport {
  const { account, name, statement, isNew, dryRun, rule, asOf, ledgerBalance } = facts
  const { matches, breaks } = facts.matching
  const { format, from, to, closing } = statement
  const left = breaks.filter(({ kind }) => kind !== 'late')
  const count = (all: readonly Pick<Break, 'lines' | 'postings'>[]) => ({
    lines: all.reduce((sum, { lines }) => sum + lines.length, 0),
    postings: all.reduce((sum, { postings }) => sum + postings.length, 0),
  })
  return {
    account,
    statement: { name, format, from, to, lines: statement.lines.length, isNew },
    dryRun,
    rule,
    asOf,
    matched: { ...shapesOf(matches), ...count(matches) },
    unmatched: count(left),
    breaks: breaks.map((each) => reported(each, facts)),
    ageing: ageing(breaks, asOf),
    balance: {
      statement: closing,
      ledger: ledgerBalance,
      difference: closing === null ? null : closing - ledgerBalance,
    },
  }
}

function shapesOf(matches: Matching['matches']) {
  const shapes = { oneToOne: 0, oneToMany: 0, manyToOne: 0, cancelled: 0 }
  for (const { lines, postings } of matches) {
    if (lines.length === 0 || postings.length === 0) shapes.cancelled += 1
    else if (lines.length > 1) shapes.manyToOne += 1
    else if (postings.length > 1) shapes.oneToMany += 1
    else shapes.oneToOne += 1
  }
  return shapes
}

function reported(found: Break, { asOf, lines, postings }: Facts): ReportedBreak {
  const { kind, difference, since } = found
  return {
    kind,
    difference,
    since,
    ageDays: ageDays(found, asOf),
    lines: found.lines.map(({ id, date, amount }) => {
      const { reference = null, counterparty = null } = lines.get(id) ?? {}
      return { id, date, amount, reference, counterparty }
    }),
    postings: found.postings.flatMap(({ id, date, amount }) => {
      const posting: AccountPosting | undefined = postings.get(id)
      if (posting === undefined) return []
      const { entry, kind, ref } = posting
      return [{ entry, date, amount, kind, ref }]
    }),
  }
}
