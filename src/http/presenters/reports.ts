import type { Claim as ShownClaim, Clock, Milestone, Notice, Report } from '#contract'
import type { ReportView } from '#flows'
import type { Claim, ClaimClock, Recall } from '#guarantee'
import type { Instant } from '#kernel'
import { formatAmount } from '#money'
import type { NoticeView } from '#notifications'
import { partyOf } from './identity.ts'
import { currency, timeOf, timeOrNull } from './scalars.ts'

const clockTitles = { review: 'Decision on your claim', payment: 'Your money is back' } as const

export function clocksOf(clocks: readonly ClaimClock[]): Clock[] {
  return clocks.map(({ kind, started, due, met, breached }) => ({
    kind,
    title: clockTitles[kind],
    started_at: timeOf(started),
    due_at: timeOf(due),
    met_at: timeOrNull(met),
    breached,
  }))
}

export function claimOf(claim: Claim): ShownClaim {
  const { recovered, principalPaid, incomePaid } = claim
  return {
    id: claim.id,
    report_id: claim.reportId,
    state: claim.state,
    currency,
    lost: formatAmount(claim.principalLost),
    income_missed: formatAmount(claim.incomeMissed ?? 0n),
    recovered: formatAmount(recovered),
    paid_by_insurer: formatAmount(claim.paidByInsurer),
    returned: formatAmount(recovered + principalPaid + incomePaid),
    opened_at: timeOf(claim.openedAt),
    closed_at: timeOrNull(claim.closedAt),
    clocks: clocksOf(claim.clocks),
  }
}

export function reportOf(view: ReportView): Report {
  const { report, claim } = view
  return {
    id: report.id,
    reported_at: timeOf(report.reportedAt),
    currency,
    disputed: formatAmount(report.disputed),
    stopped: formatAmount(report.stopped),
    payments: view.payments.map(({ payment, payee, recall }) => ({
      payment_id: payment.id,
      payee: partyOf(payee),
      amount: formatAmount(payment.amount),
      paid_at: timeOf(payment.createdAt),
      state: payment.state,
      recall: recall === null ? null : recallOf(recall),
    })),
    claim: claim === null ? null : claimOf(claim),
    milestones: milestonesOf(view),
    whole: isWhole(view),
  }
}

function recallOf({ id, state, secured, hops }: Recall) {
  return { id, state, secured: formatAmount(secured), hops }
}

/** Nothing was lost, or the claim has closed: then recovered + paid = lost + income missed. */
function isWhole({ report, claim }: ReportView): boolean {
  if (claim === null) return report.lost === 0n
  return claim.state === 'closed'
}

interface Step {
  readonly code: string
  readonly title: string
  readonly at: Instant | null
  readonly dueAt?: Instant | null
}

/** What has been done, what is being done, and what comes, each with its time or date. */
function milestonesOf({ report, recalls, claim }: ReportView): Milestone[] {
  const steps: Step[] = [
    { code: 'reported', title: 'You reported it', at: report.reportedAt },
    { code: 'frozen', title: 'Your account was frozen', at: report.reportedAt },
    { code: 'recalled', title: 'We followed the money', at: recalledAt(recalls, report) },
  ]
  if (claim !== null) {
    const due = (kind: ClaimClock['kind']) => claim.clocks.find((clock) => clock.kind === kind)?.due
    const decided = claim.state === 'declined' ? claim.closedAt : claim.checkedAt
    steps.push({
      code: 'decided',
      title: 'Two people decided',
      at: decided,
      dueAt: due('review') ?? null,
    })
    if (claim.state !== 'declined') {
      const paid = { at: claim.paidAt, dueAt: due('payment') ?? null }
      steps.push({ code: 'paid', title: 'Your money was paid back', ...paid })
      steps.push({ code: 'income', title: 'The income you missed was paid', at: claim.closedAt })
    }
  }
  const current = steps.findIndex(({ at }) => at === null)
  return steps.map(({ code, title, at, dueAt = null }, index) => ({
    code,
    title,
    at: timeOrNull(at),
    due_at: timeOrNull(dueAt),
    state: at !== null ? 'done' : index === current ? 'now' : 'next',
  }))
}

function recalledAt(recalls: readonly Recall[], report: ReportView['report']): Instant | null {
  if (recalls.length === 0) return report.reportedAt
  const ends = recalls.map(({ endedAt }) => endedAt)
  return ends.every((at) => at !== null) ? Math.max(...ends) : null
}

export function noticeOf({ id, at, channel, code, severity, title, text }: NoticeView): Notice {
  return { id, at: timeOf(at), channel, template: code, severity, title, text }
}
