import type { Sql } from '#database'
import type { Instant } from '#kernel'

/** Thefts by what came of them; the rest of `attempted` is lost, but not confirmed (yet). */
export interface TheftCounts {
  readonly attempted: number
  /** Nothing was lost. */
  readonly intercepted: number
  /** Something was lost, the victim reported it and two people have confirmed it. */
  readonly succeeded: number
}

/** What the board shows of thefts; all amounts in fen. attempted = intercepted + lost. */
export interface TheftFigures {
  readonly thefts: TheftCounts
  readonly attempted: bigint
  readonly intercepted: bigint
  readonly lost: bigint
  readonly recovered: bigint
  /** Paid to victims: principal and income missed. */
  readonly madeWhole: bigint
  readonly paidByInsurer: bigint
  readonly reserve: bigint
  readonly claimsOpen: number
  readonly claimsBreached: number
}

type ReportFigures = TheftCounts & {
  readonly disputed: bigint
  readonly stopped: bigint
  readonly lost: bigint
}

/** Thefts reported since an instant; one that was declined is none. */
export async function theftFigures(sql: Sql, since: Instant): Promise<TheftFigures> {
  const [reports] = await sql<ReportFigures[]>`select count(*)::int4 as attempted,
      count(*) filter (where report.lost = 0)::int4 as intercepted,
      count(*) filter (where report.lost > 0 and claim.state in
        ('second_approval', 'paid', 'recovering', 'closed'))::int4 as succeeded,
      coalesce(sum(disputed), 0)::int8 as disputed, coalesce(sum(stopped), 0)::int8 as stopped,
      coalesce(sum(lost), 0)::int8 as lost
    from guarantee.report left join guarantee.claim on claim.id = report.claim_id
    where reported_at >= to_timestamp(${since}::float8 / 1000)
      and claim.state is distinct from 'declined'`
  const [claims] = await sql<
    Pick<
      TheftFigures,
      'recovered' | 'madeWhole' | 'paidByInsurer' | 'reserve' | 'claimsOpen' | 'claimsBreached'
    >[]
  >`select coalesce(sum(recovered) filter (where state <> 'declined'), 0)::int8 as recovered,
      coalesce(sum(principal_paid + income_paid), 0)::int8 as "madeWhole",
      coalesce(sum(paid_by_insurer), 0)::int8 as "paidByInsurer",
      coalesce(sum(reserve), 0)::int8 as reserve,
      count(*) filter (where closed_at is null)::int4 as "claimsOpen",
      count(*) filter (where clocks @> '[{"breached": true}]')::int4 as "claimsBreached"
    from guarantee.claim where opened_at >= to_timestamp(${since}::float8 / 1000)`
  const { attempted, intercepted, succeeded, disputed, stopped, lost } = reports ?? noReports
  return {
    thefts: { attempted, intercepted, succeeded },
    attempted: disputed,
    intercepted: stopped,
    lost,
    ...(claims ?? noClaims),
  }
}

const noReports = {
  attempted: 0,
  intercepted: 0,
  succeeded: 0,
  disputed: 0n,
  stopped: 0n,
  lost: 0n,
}
const noClaims = {
  recovered: 0n,
  madeWhole: 0n,
  paidByInsurer: 0n,
  reserve: 0n,
  claimsOpen: 0,
  claimsBreached: 0,
}

/** Every payment that was reported as theft, and whether that claim was declined. */
export async function reportedPayments(sql: Sql): Promise<{ id: string; declined: boolean }[]> {
  const rows = await sql<{ id: string; declined: boolean }[]>`select dispute.id,
      coalesce(claim.state = 'declined', false) as declined
    from guarantee.dispute left join guarantee.claim on claim.report_id = dispute.report_id`
  return [...rows]
}

/** What we say the insurer has paid, to be compared with his own word. */
export async function insurerPaid(sql: Sql): Promise<bigint> {
  const [row] = await sql<{ paid: bigint }[]>`select coalesce(sum(paid_by_insurer), 0)::int8 as paid
    from guarantee.claim`
  return row?.paid ?? 0n
}
