import { z } from 'zod'
import { outcome, reason, riskLevel, step } from './guard-words.ts'
import { policyName, scenarioResult } from './scenario.ts'
import { amount, anyId, code, currency, localDate, pageQuery, reasonText, time } from './scalars.ts'
import { party, paymentState } from './wallet.ts'

export const operatorRole = z.enum([
  'analyst',
  'supervisor',
  'claims',
  'insurer',
  'fund',
  'auditor',
  'admin',
])
export type OperatorRole = z.infer<typeof operatorRole>

export const operatorSignInRequest = z.strictObject({
  login: z.string().trim().min(1).max(80),
  password: z.string().min(1).max(128),
  /** Of the operator's app, once he has one. */
  code: code.optional(),
})
export const operatorCodeRequest = z.strictObject({ code })
export const operatorMe = z
  .object({
    id: anyId,
    login: z.string(),
    name: z.string(),
    /** None as long as `factor` is `none`. */
    roles: z.array(operatorRole),
    /** What was shown beside the password; `none`: this session may only enrol a factor. */
    factor: z.enum(['none', 'totp', 'passkey']),
    /** Names of the routes that these roles may ask. */
    actions: z.array(z.string()),
    csrf_token: z.string(),
    session_expires_at: time,
    simulated: z.boolean(),
  })
  .meta({ id: 'OperatorMe' })
export type OperatorMe = z.infer<typeof operatorMe>

/** One row of the audit log; `outcome` is `read`, `done` or the code of the refusal. */
export const auditEntry = z
  .object({
    id: z.string(),
    operator_id: anyId,
    operator_name: z.string(),
    roles: z.array(z.string()),
    action: z.string(),
    /** An id, or `*` for a list. */
    subject: z.string(),
    reason: z.string().nullable(),
    outcome: z.string(),
    at: time,
    hash: z.string(),
  })
  .meta({ id: 'AuditEntry' })

/** Leaves out what is not named. */
export const auditQuery = z.strictObject({
  ...pageQuery.shape,
  operator_id: anyId.optional(),
  action: z
    .string()
    .regex(/^[A-Za-z]{1,64}$/)
    .optional(),
  subject: z.string().trim().min(1).max(200).optional(),
})

/** Every row walked again, from the first to the head. */
export const auditChain = z
  .object({ ok: z.boolean(), checked: z.int(), broken: z.array(z.string()), checked_at: time })
  .meta({ id: 'AuditChain' })
export type AuditEntry = z.infer<typeof auditEntry>

/** Never bare: what was counted, against what, and the exact 95 % Poisson interval. */
export const theftRate = z
  .object({
    numerator: z.number(),
    denominator: z.number(),
    per: z.number(),
    /** null, with `low` and `high`, when nothing was exposed. */
    rate: z.number().nullable(),
    low: z.number().nullable(),
    high: z.number().nullable(),
  })
  .meta({ id: 'TheftRate' })
export type TheftRate = z.infer<typeof theftRate>

/** The live board at one moment. */
export const board = z
  .object({
    at: time,
    simulated_now: time,
    /** Simulated seconds per real second; null without a test clock. */
    clock_rate: z.number().nullable(),
    payments_per_second: z.number(),
    decisions_per_second: z.number(),
    decision_p99_ms: z.number().nullable(),
    /** Since midnight of the simulated day. */
    decisions: z.object({
      allow: z.int(),
      challenge: z.int(),
      hold: z.int(),
      deny: z.int(),
    }),
    currency,
    thefts: z.object({
      attempted: amount,
      intercepted: amount,
      lost: amount,
      recovered: amount,
      /** Paid to victims under claims, missed income included. */
      made_whole: amount,
    }),
    /** Of reported thefts and of those that an analyst found. */
    theft_counts: z.object({
      attempted: z.int(),
      /** Nothing was lost. */
      intercepted: z.int(),
      /** Something was lost, it was reported, and two people confirmed it. */
      succeeded: z.int(),
      /** Something was lost; not reported, or not confirmed yet. */
      unconfirmed: z.int(),
      /** Attempts among payments asked for. */
      attempts_per_100k_payments: theftRate,
    }),
    /** Of thefts that succeeded. */
    theft_rates: z.object({
      per_100k_account_years: theftRate,
      per_100k_payments: theftRate,
      per_yuan: theftRate,
    }),
    /** The newspaper's figure: the operator's own claim, which names no denominator. */
    reported_claim: z.object({ text: z.string(), numerator: z.number(), denominator: z.number() }),
    queue: z.object({
      size: z.int(),
      value: amount,
      oldest_opened_at: time.nullable(),
      next_deadline: time.nullable(),
    }),
    claims_open: z.int(),
    totals: z.object({
      customers: z.int(),
      payments: z.int(),
      wallet: amount,
      fund: amount,
    }),
    invariants: z.object({
      checked_at: time.nullable(),
      ok: z.boolean().nullable(),
      checked: z.int(),
      broken: z.array(z.string()),
    }),
    trial_balance: amount,
    policy: z.object({ name: z.string(), version: z.string() }),
  })
  .meta({ id: 'Board' })
export type Board = z.infer<typeof board>

export const factValue = z.union([z.string(), z.number(), z.boolean(), z.null()])

export const ruleValue = z
  .object({
    id: z.string(),
    code: z.string(),
    title: z.string(),
    result: z.enum(['hit', 'no_hit', 'snoozed', 'error']),
    observed: z.string().nullable(),
    threshold: z.string().nullable(),
    points: z.number(),
    outcome: outcome.nullable(),
  })
  .meta({ id: 'RuleValue' })
export type RuleValue = z.infer<typeof ruleValue>

export const timelineItem = z.object({
  at: time,
  kind: z.string(),
  title: z.string(),
  detail: z.string().nullable(),
  amount: amount.nullable(),
  outcome: outcome.nullable(),
})
export type TimelineItem = z.infer<typeof timelineItem>

const reviewFields = {
  id: anyId,
  payment_id: anyId,
  state: z.enum(['open', 'released', 'voided', 'expired']),
  amount,
  currency,
  payer: party,
  payee: party,
  score: z.number(),
  level: riskLevel,
  reasons: z.array(reason),
  opened_at: time,
  deadline: time,
}
/** One line of the queue; ordered by value at risk x score x time left. */
export const reviewSummary = z.object(reviewFields).meta({ id: 'ReviewSummary' })
export type ReviewSummary = z.infer<typeof reviewSummary>

export const reviewLabel = z.enum(['confirmed_theft', 'false_alarm', 'inconclusive'])
export const review = z
  .object({
    ...reviewFields,
    payment_state: paymentState,
    policy: z.object({ name: z.string(), version: z.string() }),
    decision_id: anyId.nullable(),
    facts: z.record(z.string(), factValue),
    rules: z.array(ruleValue),
    timeline: z.array(timelineItem),
    decided: z
      .object({
        decision: z.enum(['release', 'void']),
        label: reviewLabel,
        reason: z.string(),
        operator_name: z.string(),
        at: time,
      })
      .nullable(),
  })
  .meta({ id: 'Review' })
export type Review = z.infer<typeof review>

export const operatorFreezeRequest = z.strictObject({ reason: reasonText })

export const reviewDecisionRequest = z.strictObject({
  decision: z.enum(['release', 'void']),
  label: reviewLabel,
  reason: reasonText,
})

const decisionFields = {
  id: anyId,
  at: time,
  step,
  outcome,
  score: z.number(),
  level: riskLevel,
  reasons: z.array(reason),
  policy: z.object({ name: z.string(), version: z.string() }),
  customer_id: anyId,
  payment_id: anyId.nullable(),
  amount: amount.nullable(),
}
export const decisionSummary = z.object(decisionFields).meta({ id: 'DecisionSummary' })
export type DecisionSummary = z.infer<typeof decisionSummary>
/** Recomputed from the stored facts and policy version. */
export const decision = z
  .object({
    ...decisionFields,
    facts: z.record(z.string(), factValue),
    rules: z.array(ruleValue),
    replay: z.object({
      equal: z.boolean(),
      outcome,
      score: z.number(),
    }),
  })
  .meta({ id: 'Decision' })
export type Decision = z.infer<typeof decision>

/** Without `policy` the theft is replayed under all three. */
export const replayRequest = z.strictObject({
  policy: policyName.optional(),
  seed: z.int().min(1).max(1_000_000).optional(),
  entry: z.enum(['reset', 'stolen-session']).optional(),
})
export const replay = z
  .object({
    id: anyId,
    state: z.enum(['running', 'done', 'failed']),
    started_at: time,
    finished_at: time.nullable(),
    progress: z.array(z.object({ at: time, policy: policyName.nullable(), text: z.string() })),
    results: z.array(scenarioResult),
    error: z.string().nullable(),
  })
  .meta({ id: 'Replay' })
export type Replay = z.infer<typeof replay>

/** Exactly one of `to` and `advance_seconds`, or neither when only the rate changes. */
export const testClockRequest = z.strictObject({
  to: time.optional(),
  advance_seconds: z
    .int()
    .min(0)
    .max(400 * 86_400)
    .optional(),
  /** Simulated seconds per real second; 0 stands still. */
  rate: z.number().min(0).max(100_000).optional(),
})
export const testClock = z
  .object({
    now: time,
    real_now: time,
    rate: z.number(),
    local_date: localDate,
  })
  .meta({ id: 'TestClock' })
export type TestClock = z.infer<typeof testClock>
