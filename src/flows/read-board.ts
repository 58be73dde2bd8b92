import { queueFigures, type QueueFigures } from '#cases'
import { readTestClock } from '#commit'
import {
  theftRate,
  theftRates,
  type TheftFigures,
  type TheftRate,
  type TheftRates,
} from '#guarantee'
import { countCustomers } from '#identity'
import { localDateOf, startOfLocalDay, stopwatch, type Instant } from '#kernel'
import { trialBalance, type TrialBalance } from '#ledger'
import type { DecisionFigures } from '#observability'
import { countDecisions, publishedPolicies, type Outcome } from '#risk'
import { paymentFigures } from '#wallet'
import type { FlowContext } from './context.ts'
import { countThefts } from './count-thefts.ts'

/** What the process knows that the database does not. */
export interface BoardSources {
  readonly figures: () => DecisionFigures
  /** The last check of the invariants; null before the first. */
  readonly checked: () => CheckedInvariants | null
}

export interface CheckedInvariants {
  readonly at: Instant
  readonly checked: number
  /** Ids of the invariants that do not hold. */
  readonly broken: readonly string[]
}

interface SlowFigures {
  readonly decisions: Readonly<Record<Outcome, number>>
  readonly thefts: TheftFigures
  /** Of thefts that succeeded. */
  readonly rates: TheftRates
  /** Thefts attempted among payments asked for, whatever came of either. */
  readonly attempts: TheftRate
  readonly customers: number
  readonly payments: number
  /** Fen. */
  readonly wallet: bigint
  readonly fund: bigint
  readonly difference: bigint
  readonly policy: { readonly name: string; readonly version: string }
  readonly clockRate: number | null
}

/** The board at one moment. */
export interface BoardView extends SlowFigures {
  readonly now: Instant
  readonly live: DecisionFigures
  readonly queue: QueueFigures
  readonly invariants: CheckedInvariants | null
}

/**
 * What is summed over everything is read again after so many times as long as reading it took: with
 * a million rows the board is a little late rather than the database busy with it.
 */
const restTimes = 20
const shortestRestMs = 2_500

export function createReadBoard(context: Pick<FlowContext, 'sql' | 'now'>, sources: BoardSources) {
  const { sql } = context
  let slow: SlowFigures | null = null
  let age = stopwatch()
  let restMs = 0
  return async (): Promise<BoardView> => {
    const now = context.now()
    if (slow === null || age() > restMs) {
      const took = stopwatch()
      slow = await readSlow(context, now)
      restMs = Math.max(shortestRestMs, restTimes * took())
      age = stopwatch()
    }
    const queue = await queueFigures(sql, now)
    return { ...slow, now, live: sources.figures(), queue, invariants: sources.checked() }
  }
}

async function readSlow(context: Pick<FlowContext, 'sql'>, now: Instant): Promise<SlowFigures> {
  const { sql } = context
  const midnight = startOfLocalDay(localDateOf(now))
  const [counts, thefts, people, payments, balance, policies, clock] = await Promise.all([
    countDecisions(sql, { since: midnight - 1, until: now }),
    countThefts(sql),
    countCustomers(sql, now),
    paymentFigures(sql),
    trialBalance(sql),
    publishedPolicies(sql),
    readTestClock(sql),
  ])
  const decisions = { allow: 0, challenge: 0, hold: 0, deny: 0 }
  for (const { outcome, count } of counts) decisions[outcome] += count
  const [policy = { name: 'today', version: 'today' }] = policies
  return {
    decisions,
    thefts,
    rates: theftRates({
      thefts: thefts.thefts.succeeded,
      accountYears: people.accountYears,
      payments: payments.posted,
      // A rate, not money: whole yuan are enough.
      yuanMoved: Number(payments.moved / 100n),
    }),
    attempts: theftRate(thefts.thefts.attempted, payments.asked, 100_000),
    customers: people.customers,
    payments: payments.asked,
    wallet: sumOf(balance, ['2010', '2020', '2070', '2080']),
    fund: sumOf(balance, ['R201', 'R202', 'R203']),
    difference: balance.difference,
    policy: { name: policy.name, version: policy.version },
    clockRate: clock === null ? null : clock.rate,
  }
}

function sumOf({ lines }: TrialBalance, codes: readonly string[]): bigint {
  return lines
    .filter(({ code }) => codes.includes(code))
    .reduce((sum, { balance }) => sum + balance, 0n)
}
