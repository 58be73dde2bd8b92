import type { Sql } from '#database'
import { addDays, localDateOf, type Instant, type LocalDate } from '#kernel'
import { accountId, balancesOf } from '#ledger'

/** A customer's holding and its income. Fen = hundredths of a unit. */
export interface Holding {
  /** Free to redeem or pay with now. */
  readonly available: bigint
  /** Frozen or reserved; still earns. */
  readonly held: bigint
  /** Redeemed normally, not yet confirmed; still earns. */
  readonly redeeming: bigint
  /** Yuan on their way into the fund. */
  readonly subscriptionsInTransit: bigint
  /** Yuan of confirmed redemptions on their way to the wallet. */
  readonly redemptionsInTransit: bigint
  readonly income: {
    /** Of the day before today, 0 when it is not credited (yet) or was nothing. */
    readonly yesterday: bigint
    /** The latest day whose income was credited; null before the first. */
    readonly latestDate: LocalDate | null
    readonly latest: bigint
    readonly cumulative: bigint
  }
}

export async function holdingOf(
  sql: Sql,
  { customerId, now }: { customerId: string; now: Instant },
): Promise<Holding> {
  const id = (code: 'R201' | 'R202' | 'R203' | '2040' | '2050') => accountId(code, customerId)
  const codes = ['R201', 'R202', 'R203', '2040', '2050'] as const
  const [balances, income] = await Promise.all([
    balancesOf(sql, codes.map(id)),
    incomeOf(sql, { customerId, now }),
  ])
  const posted = (code: (typeof codes)[number]) => balances.get(id(code))?.posted ?? 0n
  const available = balances.get(id('R201'))?.available ?? 0n
  return {
    available,
    held: posted('R202') + posted('R201') - available,
    redeeming: posted('R203'),
    subscriptionsInTransit: posted('2040'),
    redemptionsInTransit: posted('2050'),
    income,
  }
}

async function incomeOf(
  sql: Sql,
  { customerId, now }: { customerId: string; now: Instant },
): Promise<Holding['income']> {
  const yesterday = addDays(localDateOf(now), -1)
  const [row] = await sql<[Holding['income']]>`
    with latest as (select max(id) as date from fund.day where state = 'credited')
    select
      coalesce(sum(amount) filter (where date = ${yesterday}), 0)::int8 as yesterday,
      (select date from latest) as "latestDate",
      coalesce(sum(amount) filter (where date = (select date from latest)), 0)::int8 as latest,
      coalesce(sum(amount), 0)::int8 as cumulative
    from fund.income where customer_id = ${customerId}`
  return row
}

/** What a customer earned from one day to another, both included, oldest first. */
export async function incomesBetween(
  sql: Sql,
  { customerId, from, to }: { customerId: string; from: LocalDate; to: LocalDate },
): Promise<{ date: LocalDate; units: bigint; amount: bigint }[]> {
  return sql<{ date: LocalDate; units: bigint; amount: bigint }[]>`
    select date, units, amount from fund.income
    where customer_id = ${customerId} and date between ${from} and ${to} order by date`
}

/** What a customer earned day by day, newest first. */
export async function incomesOf(
  sql: Sql,
  { customerId, limit }: { customerId: string; limit: number },
): Promise<{ date: LocalDate; units: bigint; amount: bigint }[]> {
  return sql<{ date: LocalDate; units: bigint; amount: bigint }[]>`
    select date, units, amount from fund.income
    where customer_id = ${customerId} order by date desc limit ${limit}`
}
