import type { Decision, DecisionSummary, Reason, Review, ReviewSummary, RuleValue } from '#contract'
import type { TimelineItem as ShownItem } from '#contract'
import type { DecisionView, ExplainedDecision, ReviewSummaryView, ReviewView } from '#flows'
import type { TimelineItem } from '#flows'
import { formatAmount } from '#money'
import type { RuleResult } from '#risk'
import { partyOf } from './identity.ts'
import { amountOrNull, currency, timeOf } from './scalars.ts'

/** For staff: what each rule saw and where its line is. */
function reasonOf({ code, observed, threshold, why }: RuleResult): Reason {
  return { code, sentence: why, observed, threshold }
}

export function decisionSummaryOf({ row, policyName, hits }: DecisionView): DecisionSummary {
  return {
    id: row.id,
    at: timeOf(row.at),
    step: row.step as DecisionSummary['step'],
    outcome: row.outcome as DecisionSummary['outcome'],
    score: row.score,
    level: row.level as DecisionSummary['level'],
    reasons: hits.map(reasonOf),
    policy: { name: policyName, version: row.policyVersion },
    customer_id: row.customerId,
    payment_id: row.subject.startsWith('pay_') ? row.subject : null,
    amount: amountOrNull(row.amount),
  }
}

export function decisionOf(view: ExplainedDecision): Decision {
  const { explanation, again, equal } = view
  return {
    ...decisionSummaryOf(view),
    facts: { ...explanation.shown },
    rules: rulesOf(explanation.rules),
    replay: { equal, outcome: again.outcome, score: again.score },
  }
}

/** The rules that are asked at this step. */
function rulesOf(rules: readonly RuleResult[]): RuleValue[] {
  return rules.flatMap(({ rule, code, why, result, observed, threshold, points, floor }) =>
    result === 'not_asked'
      ? []
      : [
          {
            id: rule,
            code,
            title: why,
            result,
            observed,
            threshold,
            points,
            outcome: floor as RuleValue['outcome'],
          },
        ],
  )
}

export function reviewSummaryOf(view: ReviewSummaryView): ReviewSummary {
  const { review, decision } = view
  return {
    id: review.id,
    payment_id: review.paymentId,
    state: review.state,
    amount: formatAmount(review.amount),
    currency,
    payer: partyOf(view.payer),
    payee: partyOf(view.payee),
    score: review.score,
    level: (decision?.row.level ?? 'elevated') as ReviewSummary['level'],
    reasons: (decision?.hits ?? []).map(reasonOf),
    opened_at: timeOf(review.openedAt),
    deadline: timeOf(review.deadline),
  }
}

export function reviewOf(view: ReviewView): Review {
  const { review, payment, explained } = view
  const version = explained?.row.policyVersion ?? ''
  return {
    ...reviewSummaryOf(view),
    payment_state: payment.state,
    policy: { name: explained?.policyName ?? '', version },
    decision_id: review.decisionId,
    facts: { ...explained?.explanation.shown },
    rules: rulesOf(explained?.explanation.rules ?? []),
    timeline: view.timeline.map(timelineItemOf),
    decided: decidedOf(view),
  }
}

function decidedOf({ review, decidedBy }: ReviewView): Review['decided'] {
  const { state, label, reason, endedAt } = review
  if (decidedBy === null || label === null || endedAt === null) return null
  const decision = state === 'released' ? 'release' : 'void'
  return { decision, label, reason: reason ?? '', operator_name: decidedBy, at: timeOf(endedAt) }
}

function timelineItemOf({ at, kind, title, detail, amount, outcome }: TimelineItem): ShownItem {
  return {
    at: timeOf(at),
    kind,
    title,
    detail,
    amount: amountOrNull(amount),
    outcome: outcome as ShownItem['outcome'],
  }
}
