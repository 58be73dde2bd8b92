import type { Sql } from '#database'
import { fail, invariant, ok, type Instant, required, type Result } from '#kernel'
import { larger } from '#money'

/** What is to be shared among the holders of units, set-based: millions of them. */
export interface ShareOutWish {
  /** Fen, shared in proportion to units; below zero: a loss, see `sharesOf` of fund. */
  readonly amount: bigint
  /** Units are counted as they were before this moment. */
  readonly before: Instant
  /** Entries of this kind with an earlier `ref` count although they were posted later. */
  readonly counting: { readonly kind: string; readonly refBefore: string }
  /** Further units that count though booked later; `owner` null: the bank's. */
  readonly late: readonly { readonly owner: string | null; readonly units: bigint }[]
  /** Of these units, what carries no loss: it is on its way out. */
  readonly leaving: readonly { readonly owner: string; readonly units: bigint }[]
}

export interface ShareOut {
  /** Units of all holders, the bank's among them, and how many holders have any. */
  readonly units: bigint
  readonly holders: number
  readonly rule: ShareRule
}

/** How a share follows from a holder's units alone: see `fenOf`. */
export interface ShareRule {
  readonly amount: bigint
  /** Units that the amount is shared among. */
  readonly total: bigint
  /** The fen left over go to fractions above this one, and at it to accounts up to `tie`. */
  readonly fraction: bigint
  readonly tie: string
  /** Products fit into 63 bits. */
  readonly small: boolean
}

const buckets = 4_096n

/**
 * Puts every holder's earning units into the table `share_out` and finds the rule that shares the
 * amount to the fen: each exact share cut to the fen, the fen left over one each to the largest
 * fractions, ties by account id. Counted in one statement, so on one snapshot; nothing else is
 * written. One caller at a time, on the one connection that `creditShares` then uses.
 * Errors: no_earning_units.
 */
export async function shareOut(
  sql: Sql,
  wish: ShareOutWish,
): Promise<Result<ShareOut, 'no_earning_units'>> {
  await countUnits(sql, wish)
  const [sums] = await sql<[Sums]>`
    select coalesce(sum(units), 0)::int8 as units,
      (count(*) filter (where units > 0))::int4 as holders,
      coalesce(min(least(units, weight)), 0)::int8 as least,
      coalesce(sum(weight), 0)::int8 as total,
      coalesce(max(weight), 0)::int8 as heaviest
    from ledger.share_out`
  const { units, holders, least, total, heaviest } = sums
  invariant(least >= 0n, 'earning units of a holder are negative')
  if (total === 0n && wish.amount !== 0n) return fail('no_earning_units')
  const amount = wish.amount < 0n ? -wish.amount : wish.amount
  const small = amount * larger(heaviest, 1n) < 2n ** 62n
  const bare: ShareRule = { amount, total: larger(total, 1n), fraction: total, tie: '', small }
  const rule = await withRemainder(sql, bare)
  // From here on: a few pages against millions of accounts, whatever the planner knows of them.
  await sql.unsafe(
    `set enable_seqscan = off; set enable_hashjoin = off; set enable_mergejoin = off`,
  )
  return ok({ units, holders, rule })
}

interface Sums {
  readonly units: bigint
  readonly holders: number
  readonly least: bigint
  readonly total: bigint
  readonly heaviest: bigint
}

/**
 * Units now, less what moved since: the postings of the time since are few, the accounts many.
 * Entries are numbered in the order of time, so `since` is found from the end of the journal.
 */
async function countUnits(sql: Sql, { amount, before, counting, late, leaving }: ShareOutWish) {
  await sql`select ledger.clear_share_out()`
  await sql.unsafe('reset enable_seqscan; reset enable_hashjoin; reset enable_mergejoin')
  const owners = late.map(({ owner }) => owner ?? '')
  const lateUnits = late.map(({ units }) => `${units}`)
  const leavers = leaving.map(({ owner }) => owner)
  const leavingUnits = leaving.map(({ units }) => `${units}`)
  const gain = amount >= 0n
  await sql`
    with last_before as (
      select coalesce((select number from ledger.entry where at < ${sql.typed.instant(before)}
        order by number desc limit 1), -1) as number
    ), since as (
      select p.account, sum(p.amount)::int8 as moved
      from ledger.posting p join ledger.entry e on e.number = p.entry
      where p.entry > (select number from last_before)
        and not (e.kind = ${counting.kind} and e.ref collate "C" < ${counting.refBefore})
        and p.account >= 'R201' and p.account < 'R206'
      group by p.account
    ), part as (
      select owner, code, credits_posted - debits_posted as units from ledger.account
      where code in ('R202', 'R203', 'R204') and credits_posted <> debits_posted
      union all
      select a.owner, a.code, s.moved from since s join ledger.account a on a.id = s.account
      union all
      select nullif(l.owner, ''), 'R201', l.units
      from unnest(${owners}::text[], ${lateUnits}::int8[]) as l(owner, units)
      union all
      select l.owner, 'leaving', -l.units
      from unnest(${leavers}::text[], ${leavingUnits}::int8[]) as l(owner, units)
    ), adjusted as (
      select coalesce(owner, '') as owner,
        coalesce(sum(units) filter (where code <> 'leaving'), 0)::int8 as units,
        coalesce(sum(units) filter (where owner is not null), 0)::int8 as staying
      from part group by 1
    )
    insert into ledger.share_out (account, place, units, weight)
    select account, place, units, case when ${gain} then units else staying end
    from (
      select a.id as account, a.ctid as place,
        a.credits_posted - a.debits_posted + coalesce(j.units, 0) as units,
        case a.code when 'R201' then a.credits_posted - a.debits_posted + coalesce(j.staying, 0)
          else 0 end as staying
      from ledger.account a left join adjusted j on j.owner = coalesce(a.owner, '')
      where a.code in ('R201', 'R205')
    ) as holder
    where units <> 0`
}

/** Finds who gets the fen left over without sorting everybody: only one bucket of fractions. */
async function withRemainder(sql: Sql, rule: ShareRule): Promise<ShareRule> {
  const width = rule.total / buckets + 1n
  const bucket = `(${fractionOf(rule)} / ${width})`
  const counts = await sql.unsafe<{ bucket: bigint; holders: bigint; fen: bigint }[]>(`
    select ${bucket} as bucket, count(*) as holders, sum(${cutOf(rule)})::int8 as fen
    from ledger.share_out group by 1 order by 1 desc`)
  let left = rule.amount - counts.reduce((sum, { fen }) => sum + fen, 0n)
  for (const { bucket: at, holders } of counts) {
    if (left === 0n) break
    if (left > holders) left -= holders
    else {
      const [last] = await sql.unsafe<{ fraction: bigint; account: string }[]>(`
        select ${fractionOf(rule)} as fraction, account from ledger.share_out
        where ${bucket} = ${at} order by 1 desc, account collate "C" limit 1 offset ${left - 1n}`)
      const { fraction, account } = required(last, 'the last holder who gets a fen left over')
      return { ...rule, fraction, tie: account }
    }
  }
  return rule
}

function cutOf({ amount, total, small }: ShareRule): string {
  if (small) return `(${amount} * weight / ${total})`
  return `div(${amount}::numeric * weight, ${total})::int8`
}

function fractionOf({ amount, total, small }: ShareRule): string {
  if (small) return `(${amount} * weight % ${total})`
  return `mod(${amount}::numeric * weight, ${total})::int8`
}

/** A holder's share in fen, never below zero, as an expression over a row of `share_out`. */
export function fenOf(rule: ShareRule): string {
  const fraction = fractionOf(rule)
  const { fraction: least, tie } = rule
  invariant(/^[\w:.-]*$/.test(tie), `account id ${tie}`)
  return `(${cutOf(rule)} + case when ${fraction} > ${least}
    or (${fraction} = ${least} and account collate "C" <= '${tie}') then 1 else 0 end)`
}

/** Takes out of `share_out` who was credited before an interruption, by what was posted. */
export async function leaveOutPosted(
  sql: Sql,
  { kind, refs }: { kind: string; refs: readonly string[] },
): Promise<void> {
  await sql`
    delete from ledger.share_out s using ledger.posting p join ledger.entry e on e.number = p.entry
    where e.kind = ${kind} and e.ref = any(${[...refs]}::text[]) and p.entry >= (
        select min(number) from ledger.entry where kind = ${kind} and ref = ${refs[0] ?? ''})
      and p.account = s.account`
}

/**
 * Pages of the table: what is left is credited a few pages at a time, on this connection. Its
 * planner is told to go by index: it knows nothing of the fresh table.
 */
export async function sharePages(sql: Sql): Promise<number> {
  await sql.unsafe('set enable_seqscan = off; set enable_hashjoin = off')
  await sql.unsafe('set enable_mergejoin = off')
  const [row] = await sql<[{ pages: number }]>`
    select ceil(pg_relation_size('ledger.share_out')
      / current_setting('block_size')::float8)::int4 as pages`
  return row.pages
}
