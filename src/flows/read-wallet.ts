import {
  dealingCalendar,
  holdingOf,
  publishedDays,
  subscriptionEntitlement,
  type Holding,
  type PublishedDay,
  type SubscriptionEntitlement,
} from '#fund'
import { coverOn, type Cover } from '#guarantee'
import { addDays, localDateOf, type Instant, type LocalDate } from '#kernel'
import { accountId, balancesOf } from '#ledger'
import { bankAccountsOf, withdrawalsUnderWay, type BankAccount } from '#wallet'
import type { Actor, FlowContext } from './context.ts'
import { nextCutOff } from './next-cut-off.ts'

/** Everything a balance screen shows. Fen = hundredths of a unit. */
export interface WalletView {
  readonly asOf: Instant
  /** Of the wallet's own account: what entries came to. */
  readonly posted: bigint
  /** What its open holds would bring, less what they would take. */
  readonly pending: bigint
  /** Posted less what outgoing holds reserve. */
  readonly available: bigint
  /** Reserved by challenged and held payments, or kept apart by a recall. */
  readonly held: bigint
  readonly holding: Holding
  readonly withdrawals: bigint
  readonly total: bigint
  /** The day whose income is `holding.income.yesterday`; null before the first income. */
  readonly yesterday: LocalDate | null
  readonly yields: readonly PublishedDay[]
  readonly next: SubscriptionEntitlement & { readonly cutOffAt: Instant }
  readonly cover: Cover | null
}

const yieldDays = 90

/** Throws CalendarHorizonError. */
export function createReadWallet(context: Pick<FlowContext, 'sql' | 'now'>) {
  return async ({ customerId }: Pick<Actor, 'customerId'>): Promise<WalletView> => {
    const { sql } = context
    const now = context.now()
    const ids = (['2010', '2020', '2070'] as const).map((code) => accountId(code, customerId))
    const [balances, holding, yields, withdrawals, cover] = await Promise.all([
      balancesOf(sql, ids),
      holdingOf(sql, { customerId, now }),
      publishedDays(sql, { days: yieldDays }),
      withdrawalsUnderWay(sql, customerId),
      coverOn(sql, localDateOf(now)),
    ])
    const [wallet, kept, payable] = ids.map((id) => balances.get(id))
    const available = wallet?.available ?? 0n
    const posted = (wallet?.posted ?? 0n) + (kept?.posted ?? 0n) + (payable?.posted ?? 0n)
    const fund = holding.available + holding.held + holding.redeeming
    const underWay = holding.subscriptionsInTransit + holding.redemptionsInTransit + withdrawals
    return {
      asOf: now,
      posted: wallet?.posted ?? 0n,
      pending: wallet?.pending ?? 0n,
      available,
      held: posted - available,
      holding,
      withdrawals,
      total: posted + fund + underWay,
      yesterday: holding.income.latestDate === null ? null : addDays(localDateOf(now), -1),
      yields,
      next: { ...subscriptionEntitlement(now), cutOffAt: nextCutOff(now, dealingCalendar) },
      cover: cover ?? null,
    }
  }
}

/** A customer's linked bank accounts, oldest first. */
export function createReadBankAccounts(context: Pick<FlowContext, 'sql'>) {
  return ({ customerId }: Pick<Actor, 'customerId'>): Promise<BankAccount[]> =>
    bankAccountsOf(context.sql, customerId)
}
