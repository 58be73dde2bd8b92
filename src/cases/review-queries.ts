import type { Sql } from '#database'
import { type Instant, minute } from '#kernel'
import type { Review } from './review.ts'

/** What the board shows of the queue. */
export interface QueueFigures {
  readonly size: number
  /** Fen at stake. */
  readonly value: bigint
  readonly oldestOpenedAt: Instant | null
  readonly nextDeadline: Instant | null
}

const columns = (sql: Sql) => sql`id, payment_id as "paymentId", customer_id as "customerId",
  amount, score, decision_id as "decisionId", state, opened_at as "openedAt", deadline,
  ended_at as "endedAt", decided_by as "decidedBy", label, reason`

/**
 * Value at risk x score, weighed by the time left: the nearer the deadline, the more urgent, so
 * the product is divided by the minutes left (at least one).
 */
export function reviewUrgency(
  waiting: Pick<Review, 'amount' | 'score' | 'deadline'>,
  now: Instant,
): number {
  const minutesLeft = Math.max(1, (waiting.deadline - now) / minute)
  // An ordering, not money: a float is fine here.
  return (Number(waiting.amount) * Math.max(1, waiting.score)) / minutesLeft
}

/** Reviews still open, most urgent first. */
export async function openReviews(sql: Sql, now: Instant, limit = 100): Promise<Review[]> {
  const rows = await sql<Review[]>`select ${columns(sql)} from cases.review
    where state = 'open' and deadline > to_timestamp(${now}::float8 / 1000)`
  return [...rows]
    .map((row) => ({ row, urgency: reviewUrgency(row, now) }))
    .toSorted((a, b) => b.urgency - a.urgency || (a.row.id < b.row.id ? -1 : 1))
    .slice(0, limit)
    .map(({ row }) => row)
}

/** Reviews of the past, newest first, after the one with id `after`. */
export async function endedReviews(
  sql: Sql,
  page: { limit: number; after?: string },
): Promise<Review[]> {
  const rows = await sql<Review[]>`select ${columns(sql)} from cases.review
    where state <> 'open' and (${page.after ?? null}::text is null or (opened_at, id) <
      (select r.opened_at, r.id from cases.review r where r.id = ${page.after ?? null}))
    order by opened_at desc, id desc limit ${page.limit}`
  return [...rows]
}

export async function reviewById(sql: Sql, id: string): Promise<Review | undefined> {
  const [row] = await sql<Review[]>`select ${columns(sql)} from cases.review where id = ${id}`
  return row
}

export async function reviewsOfCustomer(sql: Sql, customerId: string): Promise<Review[]> {
  const rows = await sql<Review[]>`select ${columns(sql)} from cases.review
    where customer_id = ${customerId} order by opened_at desc limit 100`
  return [...rows]
}

/** Payments whose review deadline has passed while it is still open: the expiry job's work. */
export async function overdueReviews(sql: Sql, now: Instant): Promise<string[]> {
  const rows = await sql<{ paymentId: string }[]>`select payment_id as "paymentId"
    from cases.review where state = 'open' and deadline <= to_timestamp(${now}::float8 / 1000)
    order by deadline limit 500`
  return rows.map((row) => row.paymentId)
}

export async function queueFigures(sql: Sql, now: Instant): Promise<QueueFigures> {
  const [row] = await sql<QueueFigures[]>`select count(*)::int4 as size,
      coalesce(sum(amount), 0)::int8 as value, min(opened_at) as "oldestOpenedAt",
      min(deadline) as "nextDeadline"
    from cases.review where state = 'open' and deadline > to_timestamp(${now}::float8 / 1000)`
  return row ?? { size: 0, value: 0n, oldestOpenedAt: null, nextDeadline: null }
}

/** How reviews ended; `falseHolds` were held although the analyst found nothing wrong. */
export interface ReviewFigures {
  readonly ended: number
  readonly released: number
  readonly voided: number
  readonly expired: number
  readonly falseHolds: number
  /** Fen that analysts stopped as theft. */
  readonly stoppedAsTheft: bigint
}

export async function reviewFigures(sql: Sql, since: Instant): Promise<ReviewFigures> {
  const [row] = await sql<ReviewFigures[]>`select count(*)::int4 as ended,
      count(*) filter (where state = 'released')::int4 as released,
      count(*) filter (where state = 'voided')::int4 as voided,
      count(*) filter (where state = 'expired')::int4 as expired,
      count(*) filter (where label = 'false_alarm')::int4 as "falseHolds",
      coalesce(sum(amount) filter (where label = 'confirmed_theft' and state = 'voided'), 0)::int8
        as "stoppedAsTheft"
    from cases.review where state <> 'open' and ended_at >= to_timestamp(${since}::float8 / 1000)`
  return row ?? { ended: 0, released: 0, voided: 0, expired: 0, falseHolds: 0, stoppedAsTheft: 0n }
}

/** A part of I9: every review has ended at most once, its hold's deadline kept. */
export async function verifyReviews(sql: Sql): Promise<{ checked: number; broken: string[] }> {
  const [row] = await sql<{ checked: number }[]>`select count(*)::int4 as checked
    from cases.review`
  const broken = await sql<{ id: string }[]>`select id from cases.review
    where (state = 'open') <> (ended_at is null)
      or (state in ('released', 'voided') and decided_by is not null and ended_at >= deadline)
      or ended_at < opened_at limit 20`
  return { checked: row?.checked ?? 0, broken: broken.map(({ id }) => id) }
}
