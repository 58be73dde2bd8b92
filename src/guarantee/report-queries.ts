import type { Sql } from '#database'
import { decodeJson } from '#kernel'
import type { Recall } from './recall.ts'
import type { TheftReport } from './theft-report.ts'

type ReportRow = Omit<TheftReport, 'paymentIds'> & { paymentIds: string }

const columns = (sql: Sql) => sql`id, customer_id as "customerId", reported_at as "reportedAt",
  payment_ids::text as "paymentIds", note, disputed, stopped, lost, claim_id as "claimId"`

function reportOf(row: ReportRow): TheftReport {
  return { ...row, paymentIds: decodeJson(row.paymentIds) as string[] }
}

export async function reportById(sql: Sql, id: string): Promise<TheftReport | undefined> {
  const [row] = await sql<ReportRow[]>`select ${columns(sql)} from guarantee.report
    where id = ${id}`
  return row === undefined ? undefined : reportOf(row)
}

export async function reportsOfCustomer(sql: Sql, customerId: string): Promise<TheftReport[]> {
  const rows = await sql<ReportRow[]>`select ${columns(sql)} from guarantee.report
    where customer_id = ${customerId} order by reported_at desc`
  return [...rows].map(reportOf)
}

/** The report that each of these payments belongs to. */
export async function reportIdsOf(
  sql: Sql,
  paymentIds: readonly string[],
): Promise<Map<string, string>> {
  if (paymentIds.length === 0) return new Map()
  const rows = await sql<{ id: string; reportId: string }[]>`select id, report_id as "reportId"
    from guarantee.dispute where id = any(${[...paymentIds]}::text[])`
  return new Map(rows.map((row) => [row.id, row.reportId]))
}

const recallColumns = (sql: Sql) => sql`id, report_id as "reportId", claim_id as "claimId",
  customer_id as "customerId", payment_id as "paymentId", payee, wanted, secured,
  to_insurer as "toInsurer", hops, state, started_at as "startedAt", ended_at as "endedAt"`

export async function recallsOfReport(sql: Sql, reportId: string): Promise<Recall[]> {
  const rows = await sql<Recall[]>`select ${recallColumns(sql)} from guarantee.recall
    where report_id = ${reportId} order by payment_id`
  return [...rows]
}

export async function recallById(sql: Sql, id: string): Promise<Recall | undefined> {
  const [row] = await sql<Recall[]>`select ${recallColumns(sql)} from guarantee.recall
    where id = ${id}`
  return row
}

/** Reports with a recall that has not ended: the chain must be followed further. */
export async function reportsWithOpenRecalls(sql: Sql): Promise<string[]> {
  const rows = await sql<{ reportId: string }[]>`select distinct report_id as "reportId"
    from guarantee.recall where state = 'open' limit 500`
  return rows.map(({ reportId }) => reportId)
}
