import type { Sql } from '#database'
import { addDays, localDateOf, type Instant, type LocalDate } from '#kernel'
import { accountId, balanceAt, balancesOf, movedByDay, movedInAll, type MovedOnDay } from '#ledger'

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

/** All units a customer held just before an instant: free, held and being redeemed. */
export async function unitsBefore(
  sql: Sql,
  { customerId, before }: { customerId: string; before: Instant },
): Promise<bigint> {
  const accounts = (['R201', 'R202', 'R203'] as const).map((code) => accountId(code, customerId))
  const units = await balanceAt(sql, { accounts, before })
  return [...units.values()].reduce((sum, each) => sum + each, 0n)
}

async function incomeOf(
  sql: Sql,
  { customerId, now }: { customerId: string; now: Instant },
): Promise<Holding['income']> {
  const yesterday = addDays(localDateOf(now), -1)
  const [[day], cumulative] = await Promise.all([
    sql<[{ latest: LocalDate | null }]>`
      select max(id) as latest from fund.day where state = 'credited'`,
    movedInAll(sql, incomePostings(customerId)),
  ])
  const { latest } = day
  const from = latest === null || yesterday < latest ? yesterday : latest
  const days = await incomesBetween(sql, { customerId, from, to: latest ?? yesterday })
  const on = (date: LocalDate | null) => days.find((each) => each.date === date)?.amount ?? 0n
  return { yesterday: on(yesterday), latestDate: latest, latest: on(latest), cumulative }
}

/** What a customer earned from one day to another, both included, oldest first. */
export async function incomesBetween(
  sql: Sql,
  { customerId, from, to }: { customerId: string; from: LocalDate; to: LocalDate },
): Promise<MovedOnDay[]> {
  const days = await movedByDay(sql, { ...incomePostings(customerId), from, to })
  return days.toReversed()
}

/** What a customer earned day by day, newest first. */
export async function incomesOf(
  sql: Sql,
  { customerId, limit }: { customerId: string; limit: number },
): Promise<MovedOnDay[]> {
  return movedByDay(sql, { ...incomePostings(customerId), limit })
}

/** A customer's income is the postings of the days' income on these accounts. */
function incomePostings(customerId: string) {
  const accounts = (['R201', 'R202', 'R203'] as const).map((code) => accountId(code, customerId))
  return { accounts, kind: 'fund_income' }
}
