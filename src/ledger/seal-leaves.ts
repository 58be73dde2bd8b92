import type { Sql } from '#database'

/** Numbers of entries; `to` included. */
export interface EntryRange {
  readonly from: bigint
  readonly to: bigint
}

/**
 * SQL of `(number, hash)` for every entry of a range: SHA-256 over the entry, its details if it has
 * any, and its postings, each in PostgreSQL's binary format of a row: for every column its type,
 * its length (-1: null) and its bytes, so no two contents share one text. Made set-based in the
 * database: 7 microseconds per entry of two postings, where fetching the rows alone took 25.
 * The binary format is the wire's and does not depend on settings, version or time zone.
 */
export function leavesOf(sql: Sql, { from, to }: EntryRange) {
  return sql`
    with posted as (
      select entry, string_agg(record_send(row(account, seq, amount, balance, at)), ''::bytea
        order by account, seq) as bytes
      from ledger.posting where entry between ${from} and ${to} group by entry
    )
    select e.number, sha256(
      record_send(row(e.number, e.kind, e.ref, e.hold_id, e.at))
      || case when d.entry is null then ''::bytea
        else record_send(row(d.effective_at, d.metadata::text, d.reverses)) end
      || coalesce(p.bytes, ''::bytea)) as hash
    from ledger.entry e
    left join posted p on p.entry = e.number
    left join ledger.entry_detail d on d.entry = e.number
    where e.number between ${from} and ${to}`
}
