import type { LocalDate } from '#kernel'

/** One of the two things that are compared: a statement's line, or a posting of our account. */
export interface Side {
  /** Unique among the lines, or among the postings. */
  readonly id: string
  /** What both sides call the movement; null when this side does not say. */
  readonly key: string | null
  readonly date: LocalDate
  /** Fen; positive: money that came in. */
  readonly amount: bigint
}

export interface MatchRule {
  /** Fen by which the two sides of a match may differ. */
  readonly toleranceFen: bigint
  /** Days by which they may lie apart. */
  readonly days: number
  /** True: what has different references on the two sides may match by its amount too. */
  readonly anyReference: boolean
  /** How many lines or postings one counterpart may stand for. */
  readonly groupSize: number
}

export const usualRule: MatchRule = {
  toleranceFen: 0n,
  days: 3,
  anyReference: false,
  groupSize: 6,
}

/** In the order in which they are tried. */
export type MatchWay = 'reference' | 'amount' | 'group'

/** Lines and postings that explain each other: one to one, one to many, many to one. */
export interface Match {
  readonly way: MatchWay
  readonly lines: readonly Side[]
  readonly postings: readonly Side[]
  /** Lines minus postings, in fen: within the rule's tolerance. */
  readonly difference: bigint
}

/**
 * not_in_ledger: the bank alone has it · not_in_statement: we alone have it · duplicated: one side
 * has it again · amount_differs: same reference, other amount · late: the same, further apart than
 * the rule allows.
 */
export const breakKinds = [
  'not_in_ledger',
  'not_in_statement',
  'duplicated',
  'amount_differs',
  'late',
] as const
export type BreakKind = (typeof breakKinds)[number]

export interface Break {
  readonly kind: BreakKind
  readonly lines: readonly Side[]
  readonly postings: readonly Side[]
  /** Lines minus postings, in fen: what the bank has more than we. */
  readonly difference: bigint
  /** Of the earliest of them. */
  readonly since: LocalDate
}

export function sumOf(sides: readonly Side[]): bigint {
  return sides.reduce((sum, { amount }) => sum + amount, 0n)
}

/** Whole order: by date, amount, reference, id. Makes every choice the same in any input order. */
export function inOrder(sides: readonly Side[]): Side[] {
  const compare = <T>(a: T, b: T) => (a < b ? -1 : a > b ? 1 : 0)
  return [...sides].sort(
    (a, b) =>
      compare(a.date, b.date) ||
      compare(a.amount, b.amount) ||
      compare(a.key ?? '', b.key ?? '') ||
      compare(a.id, b.id),
  )
}
