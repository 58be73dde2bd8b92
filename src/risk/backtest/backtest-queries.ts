import type { Sql } from '#database'
import type { Instant } from '#kernel'
import type { Label } from '../label-log.ts'

/** What is replayed: decisions made in [from, to), labels known by then. */
export interface BacktestSpan {
  readonly from: Instant
  readonly to: Instant
  /** Labels that became known later do not count: nobody had them. */
  readonly labelsKnownBy: Instant
}

/** A recorded decision with what a backtest needs of it, and nothing else. */
export interface RecordedDecision {
  readonly id: string
  readonly step: string
  readonly subject: string
  readonly outcome: string
  readonly facts: Uint8Array
  /** List entries and snoozes in force then, as JSON. */
  readonly measures: string | null
  readonly amount: bigint | null
}

/** Payments whose newest label by that moment is given; honest ones need none. */
export async function subjectLabels(
  sql: Sql,
  knownBy: Instant,
): Promise<ReadonlyMap<string, Label>> {
  const rows = await sql<{ subject: string; label: Label }[]>`
    select subject, label from (
      select distinct on (subject) subject, label from risk.label
      where known_at <= ${iso(knownBy)}::text::timestamptz
      order by subject, known_at desc) as newest
    where label <> 'honest'`
  return new Map(rows.map(({ subject, label }) => [subject, label]))
}

/** Decisions of a span, page by page through a cursor; in no order. */
export function recordedDecisions(
  sql: Sql,
  { from, to }: BacktestSpan,
): AsyncIterable<readonly RecordedDecision[]> {
  return sql<RecordedDecision[]>`
    select id, step, subject, outcome, facts, amount, measures::text as measures
    from risk.decision
    where at >= ${iso(from)}::text::timestamptz and at < ${iso(to)}::text::timestamptz
  `.cursor(pageSize)
}

const pageSize = 4_000

/** When the first and the last decision were made; null when there is none. */
export async function recordedSpan(sql: Sql): Promise<{ first: Instant; last: Instant } | null> {
  const [row] = await sql<[{ first: Instant | null; last: Instant | null }]>`
    select min(at) as first, max(at) as last from risk.decision`
  return row.first === null || row.last === null ? null : { first: row.first, last: row.last }
}

function iso(at: Instant): string {
  return new Date(at).toISOString()
}
