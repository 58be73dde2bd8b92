import type { Sql } from '#database'
import { stopwatch } from '#kernel'
import type { CompiledPolicy } from '../compile-policy.ts'
import { decide } from '../decide.ts'
import { decodeFacts } from '../facts-codec.ts'
import type { Label } from '../label-log.ts'
import { readMeasures } from '../lists/measures.ts'
import type { Outcome } from '../outcome.ts'
import { recordedDecisions, subjectLabels, type BacktestSpan } from './backtest-queries.ts'
import { createTally, type PolicyOutcome } from './backtest-tally.ts'

/** A decision that the candidate would have made otherwise. */
export interface ChangedDecision {
  readonly id: string
  readonly step: string
  readonly subject: string
  readonly label: Label | null
  /** Fen. */
  readonly amount: bigint | null
  readonly was: Outcome
  readonly becomes: Outcome
  /** Reason codes of the candidate's rules that hit. */
  readonly codes: readonly string[]
}

export interface BacktestResult {
  readonly version: string
  readonly span: BacktestSpan
  readonly decisions: number
  readonly changed: number
  /** As recorded: what was in fact decided, under whatever policy it was. */
  readonly recorded: PolicyOutcome
  readonly candidate: PolicyOutcome
  readonly seconds: number
}

export interface BacktestWatch {
  onChanged?(decision: ChangedDecision): void
  onProgress?(decisions: number): void
}

/**
 * Decides recorded facts again under a candidate, one page in memory at a time. Thefts are those
 * known at `labelsKnownBy`. Throws InvariantError on facts that no version wrote.
 */
export async function backtestPolicy(
  sql: Sql,
  asked: { policy: CompiledPolicy; span: BacktestSpan },
  watch: BacktestWatch = {},
): Promise<BacktestResult> {
  const { policy, span } = asked
  const took = stopwatch()
  const labelBySubject = await subjectLabels(sql, span.labelsKnownBy)
  const recorded = createTally()
  const candidate = createTally()
  let decisions = 0
  let changed = 0
  for await (const page of recordedDecisions(sql, span)) {
    for (const row of page) {
      const label = row.subject === '' ? undefined : labelBySubject.get(row.subject)
      const verdict = decide(decodeFacts(row.facts), policy, readMeasures(row.measures))
      const was = row.outcome as Outcome
      recorded.add(row, label, was)
      candidate.add(row, label, verdict.outcome)
      if (verdict.outcome === was) continue
      changed += 1
      const { id, step, subject, amount } = row
      const codes = verdict.reasons.map(({ code }) => code)
      const becomes = verdict.outcome
      watch.onChanged?.({ id, step, subject, label: label ?? null, amount, was, becomes, codes })
    }
    decisions += page.length
    watch.onProgress?.(decisions)
  }
  return {
    version: policy.version,
    span,
    decisions,
    changed,
    recorded: recorded.result(),
    candidate: candidate.result(),
    seconds: took() / 1_000,
  }
}
