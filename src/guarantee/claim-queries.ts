import type { Sql } from '#database'
import { decodeJson, type Instant, type LocalDate } from '#kernel'
import type { Approval } from './approval.ts'
import type { ClaimClock } from './claim-clock.ts'
import type { Claim, ClaimState, ClaimStep, Evidence, MissedUnits } from './claim.ts'
import type { Cover } from './cover.ts'

type ClaimRow = Omit<Claim, 'missed' | 'clocks' | 'evidence'> & {
  missed: string
  clocks: string
  evidence: string
}

const columns = (sql: Sql) => sql`id, report_id as "reportId", customer_id as "customerId",
  cover_id as "coverId", lost_on as "lostOn", pack, pack_version as "packVersion", state,
  principal_lost as "principalLost", recovered, principal_accepted as "principalAccepted",
  principal_paid as "principalPaid", missed::text as missed, rebuy_order_id as "rebuyOrderId",
  rebought, earns_from as "earnsFrom", income_missed as "incomeMissed",
  income_paid as "incomePaid", paid_by_insurer as "paidByInsurer",
  paid_by_operator as "paidByOperator", reserve, clocks::text as clocks,
  next_due_at as "nextDueAt", evidence::text as evidence, decision, maker,
  maker_reason as "makerReason", decided_at as "decidedAt", checker,
  checker_reason as "checkerReason", checked_at as "checkedAt", opened_at as "openedAt",
  paid_at as "paidAt", closed_at as "closedAt"`

function claimOf(row: ClaimRow): Claim {
  return {
    ...row,
    missed: decodeJson(row.missed) as MissedUnits[],
    clocks: decodeJson(row.clocks) as ClaimClock[],
    evidence: decodeJson(row.evidence) as Evidence[],
  }
}

export async function claimById(sql: Sql, id: string): Promise<Claim | undefined> {
  const [row] = await sql<ClaimRow[]>`select ${columns(sql)} from guarantee.claim where id = ${id}`
  return row === undefined ? undefined : claimOf(row)
}

export async function claimOfReport(sql: Sql, reportId: string): Promise<Claim | undefined> {
  const [row] = await sql<ClaimRow[]>`select ${columns(sql)} from guarantee.claim
    where report_id = ${reportId}`
  return row === undefined ? undefined : claimOf(row)
}

/** Claims of the desk: open ones first by the date that is due, then the latest closed. */
export async function claimsForDesk(sql: Sql, limit = 100): Promise<Claim[]> {
  const rows = await sql<ClaimRow[]>`select ${columns(sql)} from guarantee.claim
    order by closed_at desc nulls first, next_due_at nulls last, opened_at limit ${limit}`
  return [...rows].map(claimOf)
}

export async function claimsOfCustomer(sql: Sql, customerId: string): Promise<Claim[]> {
  const rows = await sql<ClaimRow[]>`select ${columns(sql)} from guarantee.claim
    where customer_id = ${customerId} order by opened_at desc`
  return [...rows].map(claimOf)
}

/** Ids of claims in these states, oldest first: what the claims' job looks at. */
export async function claimIdsIn(sql: Sql, states: readonly ClaimState[]): Promise<string[]> {
  const rows = await sql<{ id: string }[]>`select id from guarantee.claim
    where state = any(${[...states]}::text[]) order by opened_at, id limit 500`
  return rows.map(({ id }) => id)
}

/** Claims with a promise that is overdue and not marked yet. */
export async function overdueClaims(sql: Sql, now: Instant): Promise<string[]> {
  const rows = await sql<{ id: string }[]>`select id from guarantee.claim
    where closed_at is null and next_due_at < to_timestamp(${now}::float8 / 1000)
    order by next_due_at limit 500`
  return rows.map(({ id }) => id)
}

/** The next moment at which a claim's promise falls due: the job sleeps until then. */
export async function nextClaimEvent(sql: Sql): Promise<Instant | null> {
  const [row] = await sql<{ at: Instant | null }[]>`select min(next_due_at) as at
    from guarantee.claim where closed_at is null`
  return row?.at ?? null
}

/** The payment's report keeps its customer frozen until its claim has ended. */
export async function openReportOf(sql: Sql, customerId: string): Promise<string | null> {
  const [row] = await sql<{ id: string }[]>`select report_id as id from guarantee.claim
    where customer_id = ${customerId} and closed_at is null order by opened_at limit 1`
  return row?.id ?? null
}

export async function approvalOf(sql: Sql, claimId: string): Promise<Approval | undefined> {
  const [row] = await sql<Approval[]>`select claim_id as "claimId", decision, amount, maker,
      maker_reason as "makerReason", made_at as "madeAt", checker,
      checker_reason as "checkerReason", at
    from guarantee.approval where claim_id = ${claimId}`
  return row
}

export async function claimSteps(sql: Sql, claimId: string): Promise<ClaimStep[]> {
  const rows = await sql<ClaimStep[]>`select claim_id as "claimId", from_state as "fromState",
      to_state as "toState", reserve, by, note, at
    from guarantee.claim_step where claim_id = ${claimId} order by at`
  return [...rows]
}

const coverColumns = (sql: Sql) => sql`id, insurer, starts_on as "startsOn", ends_on as "endsOn",
  per_event_limit as "perEventLimit", aggregate_limit as "aggregateLimit", deductible,
  premium_per_million as "premiumPerMillion", bound_at as "boundAt"`

/** The cover in force on a day; the one bound last if there are several. */
export async function coverOn(sql: Sql, date: LocalDate): Promise<Cover | undefined> {
  const [row] = await sql<Cover[]>`select ${coverColumns(sql)} from guarantee.cover
    where starts_on <= ${date} and ends_on >= ${date} order by bound_at desc limit 1`
  return row
}

/** Months ('YYYY-MM') of a cover whose premium is paid. */
export async function paidMonths(sql: Sql, coverId: string): Promise<string[]> {
  const rows = await sql<{ month: string }[]>`select month from guarantee.premium
    where cover_id = ${coverId} and state = 'paid' order by month`
  return rows.map(({ month }) => month)
}
