import { z } from 'zod'
import { amount, anyId, currency, time } from './scalars.ts'
import { party, paymentState } from './wallet.ts'

export const recallState = z.enum(['open', 'secured', 'partly_secured', 'refused', 'ended'])

export const recall = z.object({
  id: anyId,
  state: recallState,
  /** Frozen with payees along the chain so far. */
  secured: amount,
  hops: z.int(),
})

export const reportRequest = z.strictObject({
  payment_ids: z.array(anyId).min(1).max(100),
  note: z.string().trim().max(1000).optional(),
})

/** A date promised to the victim, and whether it was kept. */
export const clock = z
  .object({
    kind: z.string(),
    title: z.string(),
    started_at: time,
    due_at: time,
    met_at: time.nullable(),
    breached: z.boolean(),
  })
  .meta({ id: 'Clock' })
export type Clock = z.infer<typeof clock>

export const claimState = z.enum([
  'notified',
  'acknowledged',
  'investigating',
  'clock_stopped',
  'decided',
  'second_approval',
  'paid',
  'recovering',
  'closed',
  'declined',
  'withdrawn',
])
export type ClaimState = z.infer<typeof claimState>

/** lost + income_missed = recovered + to be paid by the insurer, when it closes. */
const claimFields = {
  id: anyId,
  report_id: anyId,
  state: claimState,
  currency,
  lost: amount,
  income_missed: amount,
  recovered: amount,
  paid_by_insurer: amount,
  /** What the customer has back by now. */
  returned: amount,
  opened_at: time,
  closed_at: time.nullable(),
  clocks: z.array(clock),
}

export const claim = z.object(claimFields).meta({ id: 'Claim' })
export type Claim = z.infer<typeof claim>

/** Reported -> frozen -> recalled -> decided -> paid: one line each, with its time or due date. */
export const milestone = z.object({
  code: z.string(),
  title: z.string(),
  at: time.nullable(),
  due_at: time.nullable(),
  state: z.enum(['done', 'now', 'next']),
})
export type Milestone = z.infer<typeof milestone>

export const report = z
  .object({
    id: anyId,
    reported_at: time,
    currency,
    disputed: amount,
    /** Still held here when reported: never left. */
    stopped: amount,
    payments: z.array(
      z.object({
        payment_id: anyId,
        payee: party,
        amount,
        paid_at: time,
        state: paymentState,
        recall: recall.nullable(),
      }),
    ),
    claim: claim.nullable(),
    milestones: z.array(milestone),
    whole: z.boolean(),
  })
  .meta({ id: 'Report' })
export type Report = z.infer<typeof report>

export const approval = z.object({
  operator_id: anyId,
  operator_name: z.string(),
  decision: z.enum(['approve', 'decline']),
  reason: z.string(),
  at: time,
  order: z.enum(['first', 'second']),
})

/** What the claims desk sees of a claim. */
export const operatorClaim = z
  .object({
    ...claimFields,
    customer: party,
    pack: z.string(),
    evidence: z.array(z.object({ title: z.string(), text: z.string(), at: time.nullable() })),
    approvals: z.array(approval),
    /** Which step the claim waits for, and whether this operator may do it. */
    next_step: z.enum(['first_approval', 'second_approval', 'insurer', 'none']),
    may_decide: z.boolean(),
  })
  .meta({ id: 'OperatorClaim' })
export type OperatorClaim = z.infer<typeof operatorClaim>

export const claimDecisionRequest = z.strictObject({
  decision: z.enum(['approve', 'decline']),
  reason: z.string().trim().min(3).max(500),
})

export const notice = z
  .object({
    id: anyId,
    at: time,
    channel: z.enum(['app', 'email', 'sms']),
    template: z.string(),
    severity: z.enum(['info', 'warning', 'danger']),
    title: z.string(),
    text: z.string(),
  })
  .meta({ id: 'Notice' })
export type Notice = z.infer<typeof notice>
