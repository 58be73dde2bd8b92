import type { Sql } from '#database'
import type { LocalDate } from '#kernel'
import { balancesOf, incomeIssued } from '#ledger'
import { effectiveAmount } from './effective-amount.ts'
import type { FundBankAccount, FundTransfer } from './transfer-record.ts'
import { creditedIncome } from './verify-queries.ts'

/** What the fund's books say the outside must show. Fen = hundredths of a unit. */
export interface FundPosition {
  /** R100. */
  readonly unitsOutstanding: bigint
  /** Sent to the fund, its answer not yet booked. */
  readonly subscriptionsSent: bigint
  readonly redemptionsSent: bigint
  /** Declared income not yet issued as units. */
  readonly incomeNotCredited: bigint
  /** Latest day declared to us. */
  readonly incomeThrough: LocalDate | null
  /** 2110 and R204: always equal (I6). */
  readonly advanced: bigint
  readonly unitsOfBank: bigint
  readonly unfinishedFast: bigint
  /** Income already paid to the advancing bank, in all. */
  readonly bankIncomePaid: bigint
  /** F101 + F102 + 1120: what the custodian holds for us once every transfer has moved. */
  readonly atCustodian: bigint
  readonly transfersDue: readonly FundTransfer[]
}

export async function fundPosition(sql: Sql): Promise<FundPosition> {
  const effective = effectiveAmount(sql)
  const [balances, [sums], transfersDue] = await Promise.all([
    balancesOf(sql, ['R100', 'R204', '2110', 'F101', 'F102', '1120']),
    sql<[SentSums]>`
      select
        coalesce((select sum(${effective}) from fund.order o join fund.dealing_day d
          on d.id = o.dealing_day where o.kind = 'subscription' and o.state = 'accepted'
          and d.state in ('submitted', 'confirming')), 0)::int8 as "subscriptionsSent",
        (coalesce((select sum(${effective}) from fund.order o join fund.dealing_day d
          on d.id = o.dealing_day where o.kind = 'normal_redemption' and o.state = 'accepted'
          and d.state in ('submitted', 'confirming')), 0)
        + coalesce((select sum(fast + bank_income) from fund.dealing_day
          where state in ('submitted', 'confirming') and fast_settled_at is null), 0))::int8
          as "redemptionsSent",
        (select coalesce(sum(income_fen - credited_fen), 0) from fund.day
          where state <> 'credited')::int8 as "incomeNotCredited",
        (select max(id) from fund.day) as "incomeThrough",
        (select coalesce(sum(amount), 0) from fund.order o left join fund.dealing_day d
          on d.id = o.dealing_day
          where o.state = 'advanced' and d.fast_settled_at is null)::int8 as "unfinishedFast",
        (select coalesce(sum(bank_income), 0) from fund.dealing_day
          where fast_settled_at is not null)::int8 as "bankIncomePaid"`,
    dueTransfers(sql),
  ])
  const posted = (id: string) => balances.get(id)?.posted ?? 0n
  return {
    ...sums,
    unitsOutstanding: posted('R100'),
    advanced: posted('2110'),
    unitsOfBank: posted('R204'),
    atCustodian: posted('F101') + posted('F102') + posted('1120'),
    transfersDue,
  }
}

type SentSums = Pick<
  FundPosition,
  | 'subscriptionsSent'
  | 'redemptionsSent'
  | 'incomeNotCredited'
  | 'incomeThrough'
  | 'unfinishedFast'
  | 'bankIncomePaid'
>

/**
 * Units the fund manager's register must come to once everything sent is done: to be compared
 * with its units + pending subscriptions - pending redemptions. So it holds at every moment, not
 * only between a confirmation and the next cut-off.
 */
export function expectedRegister(position: FundPosition): bigint {
  const { unitsOutstanding, subscriptionsSent, redemptionsSent, incomeNotCredited } = position
  return unitsOutstanding + subscriptionsSent - redemptionsSent + incomeNotCredited
}

/** Money booked as moved between banks that a bank account has not seen: added to its balance. */
export function stillToMove(transfers: readonly FundTransfer[], account: FundBankAccount): bigint {
  return transfers.reduce((sum, { fromAccount, toAccount, amount }) => {
    if (toAccount === account) return sum + amount
    return fromAccount === account ? sum - amount : sum
  }, 0n)
}

/** Transfers the bank has not made yet, in the order in which they became due. */
export async function dueTransfers(sql: Sql, limit = 1_000): Promise<FundTransfer[]> {
  return sql<FundTransfer[]>`
    select id, number, from_account as "fromAccount", to_account as "toAccount", amount, state,
      attempt, created_at as "createdAt", moved_at as "movedAt"
    from fund.transfer where state = 'due' order by number limit ${limit}`
}

/** Days whose credited income is not the declared one to the fen: I7 says there are none. */
export async function incomeBreaks(
  sql: Sql,
): Promise<{ checked: bigint; broken: { date: LocalDate; declared: bigint; credited: bigint }[] }> {
  const [[count], days, issued] = await Promise.all([
    sql<[{ checked: bigint }]>`
      select count(*) as checked from fund.day where state = 'credited'`,
    creditedIncome(sql),
    incomeIssued(sql),
  ])
  const toHolders = new Map(issued.map((day) => [day.date, day.toHolders]))
  const broken = days
    .filter(({ state }) => state === 'credited')
    .flatMap(({ date, declared, credited }) => {
      const got = toHolders.get(date) ?? 0n
      if (got === declared && credited === declared) return []
      return [{ date, declared, credited: got }]
    })
  return { checked: count.checked, broken }
}
