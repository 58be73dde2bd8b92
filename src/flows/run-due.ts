import { anyStandingOrder, fundProgress, nextFundEvent, standingOrdersAt } from '#fund'
import { nextClaimEvent } from '#guarantee'
import { addDays, day, type Instant, localDateOf, required } from '#kernel'
import { sealJournal } from '#ledger'
import { nextPaymentDeadline } from '#wallet'
import { createAdvanceClaims } from './advance-claims.ts'
import { createAdvanceFundDay } from './advance-fund-day.ts'
import type { FlowContext } from './context.ts'
import { createCarryOutStandingOrders } from './carry-out-standing-orders.ts'
import { createExpirePayments } from './expire-payments.ts'
import { createFollowLabels } from './follow-labels.ts'
import { createMakeTransfers } from './make-transfers.ts'
import { createPayPremium } from './pay-premium.ts'
import { createRefreshFeeds } from './refresh-feeds.ts'
import { createScoreInShadow } from './model-life.ts'
import { createDecideInShadow } from './policy-life.ts'
import { createSettleWithdrawals } from './settle-withdrawals.ts'
import { createSettleTopUps } from './top-up.ts'

/** Between two seals that are not full, in real time: each commit may bring a round. */
const partialSealEveryMs = 15_000

/** Work that waits for no person. `all`: whatever could be due; the others only their own part. */
export type DueKind = 'all' | 'fund' | 'payments' | 'claims' | 'transfers'

/**
 * Does everything that is due now, in the order of its cause: money first, then the fund's day,
 * then claims. Each part is idempotent, so running it twice or on two servers does no harm; what a
 * silent partner refuses stays waiting and is tried again with the next call.
 */
export function createRunDue(context: FlowContext): (kind: DueKind) => Promise<void> {
  const expirePayments = createExpirePayments(context)
  const settleTopUps = createSettleTopUps(context)
  const settleWithdrawals = createSettleWithdrawals(context)
  const makeTransfers = createMakeTransfers(context)
  const advanceFundDay = createAdvanceFundDay(context)
  const advanceClaims = createAdvanceClaims(context)
  const payPremium = createPayPremium(context)
  const refreshFeeds = createRefreshFeeds(context)
  const carryOutStandingOrders = createCarryOutStandingOrders(context)
  const decideInShadow = createDecideInShadow(context)
  const scoreInShadow = createScoreInShadow(context)
  const followLabels = createFollowLabels(context)
  let premiumPaidFor = ''
  let nextPartialSeal = 0

  async function seal(): Promise<void> {
    const partial = context.realNow() >= nextPartialSeal
    if (partial) nextPartialSeal = context.realNow() + partialSealEveryMs
    await sealJournal(context.sql, { partial }, context.now())
  }

  async function runFund(): Promise<void> {
    const { fundManager, bank, insurer } = context.partners
    if (fundManager === undefined || bank === undefined) return
    await advanceFundDay()
    await carryOutStandingOrders()
    await makeTransfers()
    const month = addDays(`${localDateOf(context.now()).slice(0, 7)}-01`, -1).slice(0, 7)
    if (insurer === undefined || premiumPaidFor === month) return
    if ((await payPremium(month)).ok) premiumPaidFor = month
  }

  return async (kind) => {
    // Not waited for: a slow feed must not hold up money.
    if (kind === 'all') void refreshFeeds()
    if (kind === 'all' || kind === 'payments') await expirePayments()
    if (kind === 'all') await Promise.all([settleTopUps(), settleWithdrawals()])
    if (kind === 'all' || kind === 'fund') await runFund()
    else if (kind === 'transfers') await makeTransfers()
    if (kind === 'all' || kind === 'claims') await advanceClaims()
    if (kind === 'all') await followLabels()
    if (kind === 'all') await decideInShadow()
    if (kind === 'all') await scoreInShadow()
    if (kind === 'all') await seal()
  }
}

/** When something is due next, and what. The fund's calendar never ends before its horizon. */
export function createNextDue(
  context: Pick<FlowContext, 'sql' | 'now'>,
): (after: Instant) => Promise<{ at: Instant; kind: DueKind }> {
  let fundHasOrders = false
  return async (after) => {
    // Before its first order the fund's calendar holds nothing: one look a day is enough.
    fundHasOrders ||= (await fundProgress(context.sql)).firstOrderOn !== null
    const [payments, claims, standing] = await Promise.all([
      nextPaymentDeadline(context.sql),
      nextClaimEvent(context.sql),
      anyStandingOrder(context.sql),
    ])
    const fundAt = fundHasOrders ? nextFundEvent(after).dueAt : after + day
    const candidates: { at: Instant; kind: DueKind }[] = [{ at: fundAt, kind: 'fund' }]
    if (standing) candidates.push({ at: nextStandingOrders(after), kind: 'fund' })
    if (payments !== null) candidates.push({ at: payments, kind: 'payments' })
    if (claims !== null) candidates.push({ at: claims, kind: 'claims' })
    const ahead = candidates.filter(({ at }) => at > after).sort((a, b) => a.at - b.at)
    return required(ahead[0], 'the fund has a next event')
  }
}

function nextStandingOrders(after: Instant): Instant {
  const today = localDateOf(after)
  const at = standingOrdersAt(today)
  return at > after ? at : standingOrdersAt(addDays(today, 1))
}
