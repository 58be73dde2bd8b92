import { z } from 'zod'
import { outcome, step } from './guard-words.ts'
import { amount } from './scalars.ts'

/** The policies that the 2013 theft is replayed under. */
export const policyName = z.enum(['2013', 'today', 'none'])
export type PolicyName = z.infer<typeof policyName>

/** One step of the thief; `not_reached` when an earlier one stopped him. */
export const scenarioDecision = z
  .object({
    step,
    at: z.string().nullable(),
    amount: amount.nullable(),
    outcome: z.enum([...outcome.options, 'not_reached']),
    score: z.number().nullable(),
    reasons: z.array(z.string()),
    policyVersion: z.string().nullable(),
  })
  .meta({ id: 'ScenarioDecision' })
export type ScenarioDecision = z.infer<typeof scenarioDecision>

/** The same amounts, the same day, by an honest customer from a long-known device. */
export const honestTwin = z.object({
  attempted: amount,
  posted: amount,
  allPosted: z.boolean(),
  /** Challenges that the honest person met and answered. */
  challenged: z.int(),
  payments: z.array(
    z.object({ amount, outcome, answeredChallenge: z.boolean(), reasons: z.array(z.string()) }),
  ),
})

/**
 * What `coffer scenario theft --json` prints, so camelCase: left + kept = attempted;
 * recovered + paidByInsurer = left + incomeRestored.
 */
export const scenarioResult = z
  .object({
    policy: policyName,
    attempted: amount,
    left: amount,
    kept: amount,
    recovered: amount,
    paidByInsurer: amount,
    incomeRestored: amount,
    victimWhole: z.boolean(),
    honestTwin,
    trialBalance: amount,
    decisions: z.array(scenarioDecision),
  })
  .meta({ id: 'ScenarioResult' })
export type ScenarioResult = z.infer<typeof scenarioResult>
