import { actionsOf } from '#contract'
import type { Board, OperatorClaim, OperatorMe, TestClock, TheftRate } from '#contract'
import type { BoardView, OperatorAuthenticated, OperatorClaimView, TestClockView } from '#flows'
import type { TheftRate as Rate } from '#guarantee'
import type { Instant } from '#kernel'
import { formatAmount } from '#money'
import { partyOf } from './identity.ts'
import { claimOf } from './reports.ts'
import { currency, timeOf, timeOrNull } from './scalars.ts'

export function operatorMeOf(
  operator: OperatorAuthenticated,
  session: { csrfToken: string; simulated: boolean },
): OperatorMe {
  const { operatorId, login, name, roles, proof, sessionExpiresAt } = operator
  return {
    id: operatorId,
    login,
    name,
    roles: [...roles],
    factor: proof,
    actions: actionsOf(roles),
    csrf_token: session.csrfToken,
    session_expires_at: timeOf(sessionExpiresAt),
    simulated: session.simulated,
  }
}

/** The figure of the newspaper report, with what it leaves out. */
const reportedClaim = {
  text: 'Theft risk 1 in 100,000: the operator’s claim of 2013. It names no denominator.',
  numerator: 1,
  denominator: 100_000,
}

export function boardOf(view: BoardView, realNow: Instant): Board {
  const { live, thefts, rates, queue, invariants } = view
  const counts = thefts.thefts
  return {
    at: timeOf(realNow),
    simulated_now: timeOf(view.now),
    clock_rate: view.clockRate,
    payments_per_second: live.paymentsPerSecond,
    decisions_per_second: live.decisionsPerSecond,
    decision_p99_ms: live.decisionP99Ms,
    decisions: { ...view.decisions },
    currency,
    thefts: {
      attempted: formatAmount(thefts.attempted),
      intercepted: formatAmount(thefts.intercepted),
      lost: formatAmount(thefts.lost),
      recovered: formatAmount(thefts.recovered),
      made_whole: formatAmount(thefts.madeWhole),
    },
    theft_counts: {
      attempted: counts.attempted,
      intercepted: counts.intercepted,
      succeeded: counts.succeeded,
      unconfirmed: counts.attempted - counts.intercepted - counts.succeeded,
      attempts_per_100k_payments: rateOf(view.attempts),
    },
    theft_rates: {
      per_100k_account_years: rateOf(rates.perAccountYears),
      per_100k_payments: rateOf(rates.perPayments),
      per_yuan: rateOf(rates.perYuanMoved),
    },
    reported_claim: reportedClaim,
    queue: {
      size: queue.size,
      value: formatAmount(queue.value),
      oldest_opened_at: timeOrNull(queue.oldestOpenedAt),
      next_deadline: timeOrNull(queue.nextDeadline),
    },
    claims_open: thefts.claimsOpen,
    totals: {
      customers: view.customers,
      payments: view.payments,
      wallet: formatAmount(view.wallet),
      fund: formatAmount(view.fund),
    },
    invariants: {
      checked_at: timeOrNull(invariants?.at ?? null),
      ok: invariants === null ? null : invariants.broken.length === 0,
      checked: invariants?.checked ?? 0,
      broken: [...(invariants?.broken ?? [])],
    },
    trial_balance: formatAmount(view.difference),
    policy: { ...view.policy },
  }
}

function rateOf({ numerator, denominator, per, rate, interval }: Rate): TheftRate {
  const low = interval?.lower ?? null
  const high = interval?.upper ?? null
  return { numerator, denominator, per, rate, low, high }
}

export function operatorClaimOf(view: OperatorClaimView): OperatorClaim {
  const { claim } = view
  return {
    ...claimOf(claim),
    customer: partyOf(view.customer),
    pack: `${claim.pack} ${claim.packVersion}`,
    evidence: claim.evidence.map(({ title, text, at }) => ({ title, text, at: timeOrNull(at) })),
    approvals: view.approvals.map(({ operatorId, operatorName, decision, reason, at, order }) => ({
      operator_id: operatorId,
      operator_name: operatorName,
      decision,
      reason,
      at: timeOf(at),
      order,
    })),
    next_step: view.nextStep,
    may_decide: view.mayDecide,
  }
}

export function testClockOf({ now, rate, localDate }: TestClockView, realNow: Instant): TestClock {
  return { now: timeOf(now), real_now: timeOf(realNow), rate, local_date: localDate }
}
