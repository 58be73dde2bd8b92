import type { Policies, PolicyBacktest, WhyNot as ShownWhyNot } from '#contract'
import type { PoliciesView, WhyNot } from '#flows'
import { formatAmount } from '#money'
import type { BacktestResult, ChangedDecision } from '#risk'
import { timeOf, timeOrNull } from './scalars.ts'

export function policiesOf(view: PoliciesView): Policies {
  return {
    active: view.active,
    drafts: view.drafts.map((draft) => ({
      version: draft.id,
      state: draft.state,
      saved_by: draft.savedBy,
      saved_at: timeOf(draft.savedAt),
      shadow_since: timeOrNull(draft.shadowSince),
      backtested_at: timeOrNull(draft.backtestedAt),
      approved_by: draft.approvedBy,
      approved_at: timeOrNull(draft.approvedAt),
    })),
    published: view.published.map(({ version, publishedAt, publishedBy }) => ({
      version,
      published_at: timeOf(publishedAt),
      published_by: publishedBy,
    })),
    people: { ...view.people },
    phantoms: view.phantoms.map((counted) => ({ ...counted })),
  }
}

export function whyNotOf({ reasons, nearest, phantoms }: WhyNot): ShownWhyNot {
  return {
    reasons: reasons.map((reason) => ({ ...reason })),
    nearest: nearest.map(({ outcome, changes }) => ({
      outcome,
      changes: changes === null ? null : changes.map((change) => ({ ...change })),
    })),
    phantoms: phantoms.map((phantom) => ({ ...phantom })),
  }
}

export function backtestOf(
  { version, span, decisions, changed, recorded, candidate }: BacktestResult,
  changes: readonly ChangedDecision[],
): PolicyBacktest {
  return {
    version,
    from: timeOf(span.from),
    to: timeOf(span.to),
    decisions,
    changed,
    recorded: policyOutcomeOf(recorded),
    candidate: policyOutcomeOf(candidate),
    changes: changes.map(({ id, step, label, was, becomes, codes }) => {
      return { id, step, label, was, becomes, codes: [...codes] }
    }),
  }
}

function policyOutcomeOf(found: BacktestResult['candidate']): PolicyBacktest['candidate'] {
  return {
    caught: found.caught,
    missed: found.missed,
    caught_by_challenge: found.caughtByChallenge,
    kept: formatAmount(found.keptFen),
    lost: formatAmount(found.lostFen),
    honest_challenged: found.honestChallenged,
    honest_held: found.honestHeld,
    honest_denied: found.honestDenied,
  }
}
