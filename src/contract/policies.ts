import { z } from 'zod'
import { outcome, reason, riskLevel } from './guard-words.ts'
import { time } from './scalars.ts'

const version = z.string().regex(/^[a-z0-9][a-z0-9-]{0,90}$/)
const date = z.iso.date()
const share = z.object({
  count: z.number(),
  of: z.number(),
  share: z.number().nullable(),
  low: z.number(),
  high: z.number(),
})
const policyOutcome = z.object({
  caught: share,
  missed: z.number(),
  caught_by_challenge: z.number(),
  kept: z.string(),
  lost: z.string(),
  honest_challenged: share,
  honest_held: share,
  honest_denied: share,
})

export const policyParams = z.strictObject({ version })
/** The document as data; its faults are answered with rule, line and column. */
export const policySaveRequest = z.strictObject({ document: z.unknown() })
export const policySaved = z.object({ version })
/** As it was saved or published; a draft may be made from it. */
export const policyKept = z.object({ version, document: z.unknown() })
export const policyShadowRequest = z.strictObject({ on: z.boolean() })
export const policyDryRunRequest = z.strictObject({ document: z.unknown(), facts: z.unknown() })
export const policyDryRun = z.object({
  outcome,
  score: z.number(),
  level: riskLevel,
  reasons: z.array(reason),
  version,
})
export const policyBacktestRequest = z.strictObject({
  /** First and last local day. */
  from: date.optional(),
  to: date.optional(),
})
export const policyRollBackRequest = z.strictObject({
  /** The version that decides now, as the operator saw it. */
  from: version,
})
/** Figures of a replay over recorded decisions; intervals are Wilson's at 95 %. */
export const policyBacktest = z
  .object({
    version,
    from: time,
    to: time,
    decisions: z.number(),
    changed: z.number(),
    recorded: policyOutcome,
    candidate: policyOutcome,
    changes: z.array(
      z.object({
        id: z.string(),
        step: z.string(),
        label: z.string().nullable(),
        was: outcome,
        becomes: outcome,
        codes: z.array(z.string()),
      }),
    ),
  })
  .meta({ id: 'PolicyBacktest' })
export type PolicyBacktest = z.infer<typeof policyBacktest>

/** For each other outcome the smallest change of one or two facts; null: there is none. */
export const whyNot = z
  .object({
    /** To the customer in Chinese and English, and to the analyst. */
    reasons: z.array(
      z.object({
        code: z.string(),
        zh: z.string().nullable(),
        en: z.string(),
        analyst: z.string(),
      }),
    ),
    nearest: z.array(
      z.object({
        outcome,
        changes: z
          .array(z.object({ fact: z.string(), was: z.string(), becomes: z.string() }))
          .nullable(),
      }),
    ),
    phantoms: z.array(z.object({ version, outcome, score: z.number() })),
  })
  .meta({ id: 'WhyNot' })
export type WhyNot = z.infer<typeof whyNot>

export const policies = z
  .object({
    active: z.string().nullable(),
    drafts: z.array(
      z.object({
        version,
        state: z.enum(['draft', 'shadow', 'published']),
        saved_by: z.string(),
        saved_at: time,
        shadow_since: time.nullable(),
        backtested_at: time.nullable(),
        approved_by: z.string().nullable(),
        approved_at: time.nullable(),
      }),
    ),
    published: z.array(z.object({ version, published_at: time, published_by: z.string() })),
    /** Names of those who saved, approved and published, by their id. */
    people: z.record(z.string(), z.string()),
    phantoms: z.array(z.object({ version, live: outcome, phantom: outcome, count: z.number() })),
  })
  .meta({ id: 'Policies' })
export type Policies = z.infer<typeof policies>
