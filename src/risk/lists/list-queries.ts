import type { Sql } from '#database'
import type { Instant } from '#kernel'
import type { ListEntry, Snooze } from './list-records.ts'
import type { ListName } from './measures.ts'

/** Which entries to show: those in force at a moment, or all there ever were. */
export interface ListFilter {
  readonly list?: ListName
  /** What is listed, in the guard's words. */
  readonly value?: string
  readonly inForceAt?: Instant
}

const most = 500

/** Entries, the newest first. */
export function listEntries(sql: Sql, filter: ListFilter): Promise<ListEntry[]> {
  const { list = null, value = null } = filter
  const at = filter.inForceAt === undefined ? null : new Date(filter.inForceAt).toISOString()
  return sql<ListEntry[]>`
    select id, list, kind, value, final, reason, added_by as "addedBy", added_at as "addedAt",
      until, removed_by as "removedBy", removed_at as "removedAt", removed_why as "removedWhy"
    from risk.list_entry
    where (${list}::text is null or list = ${list})
      and (${value}::text is null or value = ${value})
      and (${at}::text is null or (removed_at is null
        and (until is null or until > ${at}::text::timestamptz)))
    order by added_at desc, id desc limit ${most}`
}

/** Snoozes, the newest first. */
export function snoozes(
  sql: Sql,
  filter: { readonly account?: string; readonly inForceAt?: Instant },
): Promise<Snooze[]> {
  const { account = null } = filter
  const at = filter.inForceAt === undefined ? null : new Date(filter.inForceAt).toISOString()
  return sql<Snooze[]>`
    select id, rule, account, reason, added_by as "addedBy", added_at as "addedAt", until,
      ended_by as "endedBy", ended_at as "endedAt"
    from risk.snooze
    where (${account}::text is null or account = ${account})
      and (${at}::text is null
        or (ended_at is null and until > ${at}::text::timestamptz))
    order by added_at desc, id desc limit ${most}`
}
