import type { ModelScore } from './models/judge-by-model.ts'

/** Where the guard is asked. */
export const steps = [
  'reset',
  'sign_in',
  'redeem',
  'payment',
  'withdrawal',
  'link_bank_account',
] as const
export type Step = (typeof steps)[number]

/**
 * What may happen, mildest first. `challenge`: the customer answers from a trusted device.
 * `hold`: an analyst decides. `deny`: nothing moves. Only a payment can be held.
 */
export const outcomes = ['allow', 'challenge', 'hold', 'deny'] as const
export type Outcome = (typeof outcomes)[number]

export const levels = ['normal', 'elevated', 'highest'] as const
export type Level = (typeof levels)[number]

/** Why: one rule that hit, with what it saw and where its line is. */
export interface Reason {
  readonly code: string
  readonly rule: string
  /** Written as people read it: `60000.00`, `3 h`, `yes`. */
  readonly observed: string
  readonly threshold: string
  /** Fit to be shown to the customer: helps the honest, teaches a thief nothing. */
  readonly sentence: string
  readonly analystSentence: string
}

/** What `decide` says of facts under a policy. */
export interface Verdict {
  readonly outcome: Outcome
  /** 0-100. */
  readonly score: number
  readonly level: Level
  readonly reasons: readonly Reason[]
  /** Bit i: rule i of the policy's document hit. */
  readonly ruleHits: bigint
  readonly policyVersion: string
  /** What the model said; null when none was asked. */
  readonly model: ModelScore | null
}

/** A verdict with the id under which it is stored. */
export interface Decision extends Verdict {
  readonly id: string
}
