import type { Label } from '../label-log.ts'
import { outcomes, type Outcome } from '../outcome.ts'
import type { RecordedDecision } from './backtest-queries.ts'
import { shareOf, type Share } from './wilson-interval.ts'

/** One policy on the recorded decisions. Amounts in fen. */
export interface PolicyOutcome {
  /** Labelled thefts whose money did not go at once. */
  readonly caught: Share
  readonly missed: number
  /** Those of `caught` that only had to be confirmed: a thief with the device would have passed. */
  readonly caughtByChallenge: number
  readonly keptFen: bigint
  readonly lostFen: bigint
  /** Payments and withdrawals not labelled, or labelled honest. */
  readonly honestChallenged: Share
  readonly honestHeld: Share
  readonly honestDenied: Share
}

/** Counts what a policy would have done; one object for a million decisions. */
export function createTally() {
  const thefts = { n: 0, caught: 0, challenged: 0, kept: 0n, lost: 0n }
  const honest = new Map<Outcome, number>(outcomes.map((outcome) => [outcome, 0]))

  function theft(outcome: Outcome, amount: bigint): void {
    thefts.n += 1
    if (outcome === 'allow') thefts.lost += amount
    else {
      thefts.caught += 1
      thefts.kept += amount
      if (outcome === 'challenge') thefts.challenged += 1
    }
  }

  return {
    add({ step, amount }: RecordedDecision, label: Label | undefined, outcome: Outcome): void {
      // Only steps by which money leaves are thefts or honest payments.
      if (amount === null || (step !== 'payment' && step !== 'withdrawal')) return
      if (label === 'theft') theft(outcome, amount)
      else if (label === undefined || label === 'honest') {
        honest.set(outcome, (honest.get(outcome) ?? 0) + 1)
      }
    },
    result(): PolicyOutcome {
      const all = [...honest.values()].reduce((sum, count) => sum + count, 0)
      const shareWith = (outcome: Outcome) => shareOf(honest.get(outcome) ?? 0, all)
      return {
        caught: shareOf(thefts.caught, thefts.n),
        missed: thefts.n - thefts.caught,
        caughtByChallenge: thefts.challenged,
        keptFen: thefts.kept,
        lostFen: thefts.lost,
        honestChallenged: shareWith('challenge'),
        honestHeld: shareWith('hold'),
        honestDenied: shareWith('deny'),
      }
    },
  }
}
