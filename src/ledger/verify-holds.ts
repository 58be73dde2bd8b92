import type { Sql } from '#database'
import type { Hold } from './hold.ts'
import type { Verified } from './verified.ts'

/**
 * A part of I9: a hold ended once, in the way it says. Its entries moved what it says was posted,
 * one entry for all of its legs or (of one leg) several for parts, never more than it reserved, and
 * none of them after its end or its deadline; whatever ended otherwise was freed without an entry.
 */
export async function verifyHolds(sql: Sql): Promise<Verified> {
  const [row] = await sql<{ checked: number }[]>`
    select count(*)::int4 as checked from ledger.hold`
  const broken = await sql<{ what: string }[]>`
    with posted as (
      select e.hold_id, count(distinct e.number) as entries, max(e.number) as entry,
        max(e.at) as last_at, coalesce(sum(p.amount) filter (where p.amount > 0), 0) as moved
      from ledger.entry e left join ledger.posting p on p.entry = e.number
      where e.hold_id is not null group by e.hold_id
    ), present as (
      select h.*, jsonb_array_length(h.legs) as leg_count,
        (select sum((leg.value -> 'amount' ->> '$n')::int8)
          from jsonb_array_elements(h.legs) as leg) as reserved
      from ledger.hold h
    ), broken as materialized (
      select format('hold %s is %s and has %s entries', coalesce(h.id, p.hold_id),
        coalesce(h.state, 'unknown'), coalesce(p.entries, 0)) as what
      from present h full join posted p on p.hold_id = h.id
      where h.id is null
        or (h.state = 'pending') <> (h.ended_at is null)
        or h.ended_at < h.created_at
        or (h.posted_amount > 0) <> (coalesce(p.entries, 0) > 0)
        or (h.state = 'posted' and h.posted_amount = 0)
        or (h.state = 'pending' and h.posted_amount = h.amount)
        or h.posted_amount > h.amount
        or (h.leg_count > 1
          and coalesce(p.entries, 0) <> case h.state when 'posted' then 1 else 0 end)
        or h.entry is distinct from p.entry
        or p.moved <> case h.leg_count when 1 then h.posted_amount else h.reserved end
        or p.last_at > h.ended_at or p.last_at >= h.expires_at
        or (h.state = 'posted' and p.last_at <> h.ended_at)
        or (h.state in ('posted', 'voided') and h.ended_at >= h.expires_at)
        or (h.state = 'expired' and (h.expires_at is null or h.ended_at < h.expires_at))
    )
    select what from broken limit 20`
  return { checked: row?.checked ?? 0, broken: broken.map(({ what }) => what) }
}

/** Holds in the order of their ids, after one of them: to be compared with what they are for. */
export async function holdsAfter(
  sql: Sql,
  page: { after: string; limit: number },
): Promise<Pick<Hold, 'id' | 'kind' | 'ref' | 'state'>[]> {
  return sql<Pick<Hold, 'id' | 'kind' | 'ref' | 'state'>[]>`
    select id, kind, ref, state from ledger.hold
    where id > ${page.after} order by id limit ${page.limit}`
}
