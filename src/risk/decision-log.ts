import { defineLog } from '#commit'
import type { Instant } from '#kernel'
import type { Measures } from './lists/measures.ts'

/** A decision as stored: enough to compute it again and to explain every rule of it. */
export interface DecisionRow {
  readonly id: string
  readonly step: string
  readonly customerId: string
  /** The payment or order it is about, or ''. */
  readonly subject: string
  readonly at: Instant
  readonly outcome: string
  /** 0-100. */
  readonly score: number
  readonly level: string
  /** Bit i: rule i of the policy's document hit. */
  readonly ruleHits: bigint
  readonly policyVersion: string
  /** Facts in their versioned binary layout. */
  readonly facts: Uint8Array
  /** Fen; null when the step moves no money. */
  readonly amount: bigint | null
  /** The model that was asked, and its probability in parts per million; null: none was. */
  readonly modelVersion: string | null
  readonly modelScore: number | null
  /** List entries and snoozes that were in force for it; null: none. */
  readonly measures: Measures | null
}

export const decisionLog = defineLog<DecisionRow>({
  name: 'risk.decision',
  fields: {
    id: 'text',
    step: 'text',
    customerId: 'text',
    subject: 'text',
    at: 'instant',
    outcome: 'text',
    score: 'integer',
    level: 'text',
    ruleHits: 'bigint',
    policyVersion: 'text',
    facts: 'bytes',
    amount: 'bigint',
    modelVersion: 'text',
    modelScore: 'integer',
    measures: 'json',
  },
})
