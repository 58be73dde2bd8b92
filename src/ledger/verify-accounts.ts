import type { Sql } from '#database'
import { chart } from './chart.ts'
import type { Verified } from './verified.ts'

/**
 * I8: every account has the limits of the chart (or a lower ceiling of its own), keeps them now
 * (outgoing and incoming holds counted) and kept them after every posting. A closed one is empty,
 * and closed or open as the last act in its history says.
 */
export async function verifyLimits(sql: Sql): Promise<Verified> {
  const lines = [...chart]
  const codes = lines.map(([code]) => code)
  const books = lines.map(([, line]) => line.book)
  const sides = lines.map(([, line]) => line.side)
  const floors = lines.map(([, line]) => String(line.notNegative))
  const ceilings = lines.map(([, line]) => line.ceiling?.toString() ?? '')
  const broken = await sql<{ what: string }[]>`
    with line as (
      select code, book, side, floor::boolean as floor, nullif(ceiling, '')::int8 as ceiling
      from unnest(${codes}::text[], ${books}::text[], ${sides}::text[], ${floors}::text[],
        ${ceilings}::text[]) as line (code, book, side, floor, ceiling)
    ), own as (
      select id, not_negative, ceiling,
        case side when 'debit' then debits_posted - credits_posted
          else credits_posted - debits_posted end as posted,
        case side when 'debit' then debits_pending else credits_pending end as pending_in,
        case side when 'debit' then credits_pending else debits_pending end as pending_out
      from ledger.account
    ), broken as materialized (
      select format('%s is not as the chart says', a.id) as what
      from ledger.account a left join line on line.code = a.code
      where line.code is null or a.not_negative <> line.floor or a.book <> line.book
        or a.side <> line.side or coalesce(a.ceiling > line.ceiling, line.ceiling is not null)
        or a.id <> a.code || coalesce(':' || a.owner, '')
      union all
      select format('%s has %s, %s of it on hold', id, posted, pending_out) from own
      where not_negative and posted - pending_out < 0
      union all
      select format('%s has %s and %s coming, above %s', id, posted, pending_in, ceiling)
      from own where posted + pending_in > ceiling
      union all
      select format('%s is closed and has %s, %s pending', o.id, o.posted,
        o.pending_in + o.pending_out)
      from own o join ledger.account a on a.id = o.id
      where a.closed_at is not null and (o.posted <> 0 or o.pending_in + o.pending_out <> 0)
      union all
      select format('%s is not open or closed as its last act says', coalesce(a.id, act.account))
      from (select distinct on (account) account, act, at from ledger.account_act
        order by account, number desc) act
      full join (select id, closed_at from ledger.account where closed_at is not null) a
        on a.id = act.account
      where case act.act when 'closed' then a.closed_at is distinct from act.at
        else a.closed_at is not null end
      union all
      select format('%s was at %s after its posting %s', p.account, p.balance, p.seq)
      from ledger.posting p join ledger.account a on a.id = p.account
      where (a.not_negative and case a.side when 'debit' then p.balance else -p.balance end < 0)
        or case a.side when 'debit' then p.balance else -p.balance end > a.ceiling
    )
    select what from broken limit 20`
  return { checked: await countAccounts(sql), broken: broken.map(({ what }) => what) }
}

/**
 * I10: an account's counters are the replay of its postings, whose running balances are right and
 * whose numbers have no gap, in the order of their entries; and of its open holds, net per hold.
 */
export async function verifyReplay(sql: Sql): Promise<Verified> {
  const replayed = await sql<{ what: string }[]>`
    with running as (
      select account, seq, amount, balance, entry,
        sum(amount) over (partition by account order by seq) as replay,
        lag(entry) over (partition by account order by seq) as entry_before
      from ledger.posting
    ), replay as (
      select account, count(*) as postings, max(seq) as last_seq, min(seq) as first_seq,
        coalesce(sum(amount) filter (where amount > 0), 0) as debits,
        coalesce(-sum(amount) filter (where amount < 0), 0) as credits,
        count(*) filter (where balance <> replay or entry_before > entry) as wrong
      from running group by account
    ), broken as materialized (
      select format('%s is not the replay of its postings', coalesce(a.id, r.account)) as what
      from ledger.account a full join replay r on r.account = a.id
      where a.id is null or a.posting_seq <> coalesce(r.postings, 0)
        or coalesce(r.last_seq, 0) <> coalesce(r.postings, 0) or coalesce(r.first_seq, 1) <> 1
        or a.debits_posted <> coalesce(r.debits, 0) or a.credits_posted <> coalesce(r.credits, 0)
        or r.wrong > 0
    )
    select what from broken limit 20`
  const pending = await sql<{ what: string }[]>`
    with leg as (
      select h.id, leg.value ->> 'debit' as debit, leg.value ->> 'credit' as credit,
        -- Parts posted (only holds of one leg have them) are not reserved any more.
        (leg.value -> 'amount' ->> '$n')::int8 - h.posted_amount as amount
      from ledger.hold h cross join lateral jsonb_array_elements(h.legs) as leg
      where h.state = 'pending'
    ), net as (
      select id, account, sum(amount) as net from (
        select id, debit as account, amount from leg
        union all
        select id, credit, -amount from leg
      ) as moved group by id, account
    ), reserved as (
      select account, coalesce(sum(net) filter (where net > 0), 0) as debits,
        coalesce(-sum(net) filter (where net < 0), 0) as credits
      from net group by account
    ), broken as materialized (
      select format('%s is not the sum of its open holds', coalesce(a.id, r.account)) as what
      from ledger.account a full join reserved r on r.account = a.id
      where a.id is null or a.debits_pending <> coalesce(r.debits, 0)
        or a.credits_pending <> coalesce(r.credits, 0)
    )
    select what from broken limit 20`
  const broken = [...replayed, ...pending].map(({ what }) => what)
  return { checked: await countAccounts(sql), broken: broken.slice(0, 20) }
}

async function countAccounts(sql: Sql): Promise<number> {
  const [row] = await sql<{ accounts: number }[]>`
    select count(*)::int4 as accounts from ledger.account`
  return row?.accounts ?? 0
}
