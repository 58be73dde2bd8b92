import type { Sql } from '#database'
import type { Verified } from './verified.ts'

/**
 * A part of I1: what some entries have besides fits them. An effective time lies before the entry,
 * and is in the accounts' backdated postings with what the entry came to; a reversal is the mirror
 * image of what it reverses, account by account, and what its record says.
 */
export async function verifyDetails(sql: Sql): Promise<Verified> {
  const [row] = await sql<{ checked: number }[]>`
    select count(*)::int4 as checked from ledger.entry_detail`
  const broken = await sql<{ what: string }[]>`
    with net as materialized (
      select d.entry, p.account, sum(p.amount) as amount
      from ledger.entry_detail d join ledger.posting p on p.entry = d.entry
      group by d.entry, p.account
    ), backdated as (
      select n.entry, n.account, n.amount, d.effective_at, e.at
      from ledger.entry_detail d join ledger.entry e on e.number = d.entry
      join net n on n.entry = d.entry
      where d.effective_at is not null and n.amount <> 0
    ), undone as (
      select d.entry, p.account, sum(p.amount) as amount
      from ledger.entry_detail d join ledger.posting p on p.entry = d.reverses
      group by d.entry, p.account
    ), broken as materialized (
      select format('details of %s, which is no entry', d.entry) as what
      from ledger.entry_detail d left join ledger.entry e on e.number = d.entry
      where e.number is null
      union all
      select format('entry %s counts from %s on %s otherwise than it says',
        coalesce(b.entry, p.entry), coalesce(b.effective_at, p.effective_at),
        coalesce(b.account, p.account))
      from backdated b full join ledger.backdated_posting p
        on p.account = b.account and p.effective_at = b.effective_at and p.entry = b.entry
      where b.entry is null or p.entry is null or b.amount <> p.amount or b.at <> p.at
      union all
      select format('entry %s is not the mirror image of %s on %s', d.entry, d.reverses,
        coalesce(u.account, n.account))
      from ledger.entry_detail d
      join (undone u full join net n on n.entry = u.entry and n.account = u.account)
        on coalesce(u.entry, n.entry) = d.entry
      where d.reverses is not null and coalesce(u.amount, 0) + coalesce(n.amount, 0) <> 0
      union all
      select format('entry %s was reversed by %s, and its record says %s',
        coalesce(d.reverses, r.id::int8), coalesce(d.entry::text, 'none'),
        coalesce(r.entry::text, 'none'))
      from (select * from ledger.entry_detail where reverses is not null) d
      full join ledger.reversal r on r.id = d.reverses::text
      where d.entry is distinct from r.entry
    )
    select what from broken limit 20`
  return { checked: row?.checked ?? 0, broken: broken.map(({ what }) => what) }
}
