import type { Level, Outcome, Step } from './outcome.ts'

/** A rule as a policy carries it: text and numbers only, so that it can be stored and replayed. */
export interface PolicyRule {
  readonly id: string
  /** Reason code, UPPER_SNAKE. */
  readonly code: string
  readonly steps: readonly Step[]
  /** CEL over facts and the policy's parameters; must be a bool. */
  readonly when: string
  /** Added to the score when it hits, 0-100. */
  readonly points: number
  /** At least this outcome when it hits; null: its points alone speak. */
  readonly floor: Outcome | null
  /** The fact shown as observed value. */
  readonly observed: string
  /** The parameter shown as threshold, or a plain word. */
  readonly threshold: string
  readonly sentence: string
  readonly analystSentence: string
}

/**
 * Which model a policy asks after its rules, by name: the version is the one that is published.
 * Lines are on the calibrated probability of a theft, above 0 and at most 1; null: never.
 */
export interface PolicyModel {
  readonly name: string
  readonly steps: readonly Step[]
  readonly challengeFrom: number | null
  readonly holdFrom: number | null
  readonly denyFrom: number | null
}

/** A pattern of fraud as a policy carries it: rules that together say more than each alone. */
export interface PolicyTypology {
  readonly id: string
  /** Reason code, UPPER_SNAKE. */
  readonly code: string
  readonly steps: readonly Step[]
  /** CEL as in a rule; the typology is silent where it is false. */
  readonly when: string
  /** What each rule of the policy adds when it hits; a snoozed rule adds nothing. */
  readonly rules: readonly { readonly rule: string; readonly weight: number }[]
  /** From this sum on it is a reason, and the level at least elevated. */
  readonly alertFrom: number
  /** From this sum on the outcome is at least `interdiction`. */
  readonly interdictFrom: number
  readonly interdiction: Exclude<Outcome, 'allow'>
  readonly sentence: string
  readonly analystSentence: string
}

/** A policy: data, never code. Its version is its name and the hash of its content. */
export interface PolicyDocument {
  readonly name: string
  readonly description: string
  /** Named numbers the rules compare with: fen, counts, minutes, percent. */
  readonly parameters: Readonly<Record<string, number>>
  readonly rules: readonly PolicyRule[]
  /** Absent: no model is asked. */
  readonly model?: PolicyModel | undefined
  /** Absent: none. */
  readonly typologies?: readonly PolicyTypology[]
  /** Lowest score of each outcome; above 100 means never. */
  readonly outcomeFrom: Readonly<Record<Exclude<Outcome, 'allow'>, number>>
  readonly levelFrom: Readonly<Record<Exclude<Level, 'normal'>, number>>
  /** What a hold becomes where nothing can be held. */
  readonly holdBecomes: Readonly<Record<Exclude<Step, 'payment'>, 'challenge' | 'deny'>>
}

/**
 * Why a document cannot be used: which rule or typology, and where in its condition; a faulty term
 * of a typology is named by its number as the line.
 */
export interface PolicyFault {
  readonly rule: string | null
  readonly line: number
  readonly column: number
  readonly message: string
}
