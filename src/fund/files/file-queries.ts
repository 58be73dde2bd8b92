import type { Sql } from '#database'
import { addDays, startOfLocalDay, type LocalDate } from '#kernel'
import { postedOn } from '#ledger'
import { advanceBank } from '../advance-bank.ts'
import type { FileBreak, FundFileRecord } from './file-record.ts'
import type { FiledOrder } from './order-rows.ts'

/** A dealing day's orders that went to the fund: all but fast redemptions, by id. */
export async function ordersForFile(sql: Sql, date: LocalDate): Promise<FiledOrder[]> {
  return sql<FiledOrder[]>`
    select ${filedColumns(sql)} from fund.order
    where dealing_day = ${date} and kind in ('subscription', 'normal_redemption')
      and state in ('accepted', 'confirmed', 'paid', 'rejected')
      and amount > deferred_amount + loss_amount
    order by id`
}

/** Fast redemptions made on a calendar day, by id: their units became the bank's at once. */
export async function transfersForFile(sql: Sql, date: LocalDate): Promise<FiledOrder[]> {
  return sql<FiledOrder[]>`
    select ${filedColumns(sql)} from fund.order
    where placed_at >= ${sql.typed.instant(startOfLocalDay(date))}
      and placed_at < ${sql.typed.instant(startOfLocalDay(addDays(date, 1)))}
      and kind = 'fast_redemption' and state in ('advanced', 'settled')
    order by id`
}

function filedColumns(sql: Sql) {
  return sql`id, customer_id as "customerId", kind,
    amount - deferred_amount - loss_amount as amount,
    confirmed_amount as "confirmedAmount", placed_at as "placedAt",
    dealing_day as "dealingDay", confirmation_day as "confirmationDay", state`
}

/** Dealing days between their cut-off and their end. */
export async function openDealingDays(sql: Sql): Promise<LocalDate[]> {
  const rows = await sql<{ id: LocalDate }[]>`
    select id from fund.dealing_day
    where state in ('collected', 'submitted', 'confirming', 'rejecting') order by id`
  return rows.map(({ id }) => id)
}

/** Day of the first file we sent; null: none yet. */
export async function firstFileSent(sql: Sql): Promise<LocalDate | null> {
  const [row] = await sql<[{ date: LocalDate | null }]>`
    select min(date) as date from fund.file where state = 'sent'`
  return row.date
}

/** What is known of a file. */
export async function fundFileNamed(sql: Sql, name: string): Promise<FundFileRecord | null> {
  const [row] = await sql<FundFileRecord[]>`
    select id, state, type, date, sha_256 as "sha256", size, faults, breaks, seen_at as "seenAt",
      parsed_at as "parsedAt", applied_at as "appliedAt"
    from fund.file where id = ${name}`
  return row ?? null
}

/** What was credited to every holder for a day: fen. */
export async function incomeByHolder(sql: Sql, date: LocalDate): Promise<Map<string, bigint>> {
  const codes = ['R201', 'R202', 'R203', 'R205']
  const rows = await postedOn(sql, { codes, kind: 'fund_income', date })
  return new Map(rows.map(({ owner, amount }) => [owner ?? advanceBank, amount]))
}

/** The breaks of a file as they were found, in the order of its lines. */
export async function fileBreaks(sql: Sql, name: string): Promise<FileBreak[]> {
  return sql<FileBreak[]>`
    select line, field, about, ours, theirs from fund.file_break
    where file = ${name} order by line, about`
}
