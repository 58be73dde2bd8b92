import type { Sql } from '#database'

/** How many were looked at, and the ids (at most 20) of those that break the rule. */
export interface Verified {
  readonly checked: number
  readonly broken: readonly string[]
}

/** A part of I9: recalls and claims have ended exactly once, by their state and their history. */
export async function verifyEndings(sql: Sql): Promise<Verified> {
  const [row] = await sql<{ checked: number }[]>`select
    ((select count(*) from guarantee.recall) + (select count(*) from guarantee.claim))::int4
      as checked`
  const broken = await sql<{ id: string }[]>`
    select r.id from guarantee.recall r left join (
        select recall_id, sum(secured)::int8 as secured,
          coalesce(sum(secured) filter (where beneficiary = 'insurer'), 0)::int8 as to_insurer
        from guarantee.recall_hop group by recall_id) h on h.recall_id = r.id
      where (r.state = 'open') <> (r.ended_at is null)
        or r.secured <> coalesce(h.secured, 0) or r.to_insurer <> coalesce(h.to_insurer, 0)
        or (r.state = 'secured' and r.secured <> r.wanted)
        or (r.state = 'partly_secured' and r.secured not between 1 and r.wanted - 1)
        or (r.state = 'ended' and r.secured <> 0)
    union all
    select c.id from guarantee.claim c left join (
        select claim_id, count(*) filter (
          where to_state in ('closed', 'declined') and from_state <> to_state) as ends
        from guarantee.claim_step group by claim_id) s on s.claim_id = c.id
      where coalesce(s.ends, 0) <> case when c.closed_at is null then 0 else 1 end
        or (c.state in ('closed', 'declined')) <> (c.closed_at is not null)
        or (c.closed_at is not null and not exists (select from guarantee.approval a
          where a.claim_id = c.id and a.maker = c.maker and a.checker = c.checker))
    limit 20`
  return { checked: row?.checked ?? 0, broken: broken.map(({ id }) => id) }
}

/** I11: recovered to the victim + paid by claim = loss when a claim closes, never more before. */
export async function verifyWholeness(sql: Sql): Promise<Verified> {
  const [row] = await sql<{ checked: number }[]>`select count(*)::int4 as checked
    from guarantee.claim`
  const broken = await sql<{ id: string }[]>`
    select c.id from guarantee.claim c left join (
        select claim_id, sum(secured - to_insurer)::int8 as given_back
        from guarantee.recall where claim_id is not null group by claim_id) r on r.claim_id = c.id
      where c.recovered <> coalesce(r.given_back, 0)
        or c.recovered + c.principal_paid > c.principal_lost
        or c.income_paid > coalesce(c.income_missed, 0)
        or c.paid_by_insurer + c.paid_by_operator <> c.principal_paid + c.income_paid
        or (c.state = 'closed' and (c.recovered + c.principal_paid <> c.principal_lost
          or c.income_missed is null or c.income_paid <> c.income_missed))
    limit 20`
  return { checked: row?.checked ?? 0, broken: broken.map(({ id }) => id) }
}
