import { z } from 'zod'
import { deviceSignals, outcome, reason, riskLevel, step } from './guard-words.ts'
import type { Route } from './route.ts'
import { requestedAmount, requestedCurrency, time } from './scalars.ts'

/** An id of the operator's own: what he calls a customer, a device, a payment. */
const reference = z
  .string()
  .regex(/^[\w.:-]{1,64}$/)
  .meta({ description: 'Your own id: letters, digits, `_`, `.`, `:`, `-`', examples: ['c-1001'] })

const address = z.union([z.ipv4(), z.ipv6()]).meta({
  description: 'The address the request came from; only its /24 (or /48) is kept',
})

/** What is in a wallet may be nothing. */
const balance = z
  .string()
  .regex(/^(0|[1-9]\d{0,13})(\.\d{1,2})?$/)
  .meta({ description: 'Yuan, at most two decimals', examples: ['300000.00'] })

const party = { id: reference, created_at: time.optional() }

const decisionAsked = z
  .strictObject({
    step,
    subject: reference.optional().meta({ description: 'Your id of the payment or order' }),
    customer: z.strictObject(party).meta({
      description: '`created_at` counts the first time this customer is named',
    }),
    device: z
      .strictObject({ id: reference, signals: z.strictObject(deviceSignals.shape) })
      .partial({
        signals: true,
      })
      .optional(),
    ip: address.optional(),
    session: z.strictObject({ started_at: time, device_id: reference.optional() }).optional(),
    proof: z.enum(['none', 'password', 'sms', 'trusted_device']).default('none'),
    money: z
      .strictObject({
        amount: requestedAmount,
        currency: requestedCurrency,
        source: z.enum(['wallet', 'fund']).default('wallet'),
        wallet_balance: balance,
        fund_balance: balance.default('0'),
      })
      .optional(),
    payee: z
      .strictObject({ ...party, kind: z.enum(['person', 'merchant']).default('person') })
      .optional(),
    bank_account: z.strictObject({ linked_at: time }).optional(),
  })
  .superRefine((asked, context) => {
    const wanted = partsOf[asked.step] ?? []
    for (const name of ['money', 'payee'] as const) {
      if (wanted.includes(name) === (asked[name] !== undefined)) continue
      const message = wanted.includes(name) ? `${asked.step} needs it` : `not with ${asked.step}`
      context.addIssue({ code: 'custom', path: [name], message })
    }
  })
  .meta({ id: 'GuardQuestion' })

/** Steps that move money say how much, and a payment to whom. */
const partsOf: Partial<Record<string, readonly ('money' | 'payee')[]>> = {
  payment: ['money', 'payee'],
  redeem: ['money'],
  withdrawal: ['money'],
}

const guardDecision = z
  .object({
    id: z.string(),
    at: time,
    outcome,
    score: z.number().int().min(0).max(100),
    level: riskLevel,
    reasons: z.array(reason.extend({ for_analysts: z.string() })),
    policy_version: z.string(),
  })
  .meta({ id: 'GuardDecision' })

const seen = { customer: reference, device: reference.optional(), ip: address.optional() }
const signal = z.enum(['yes', 'no', 'unknown'])

const guardEvent = z
  .discriminatedUnion('type', [
    z.strictObject({ ...seen, type: z.literal('customer_created'), at: time }),
    z.strictObject({
      ...seen,
      type: z.enum(['signed_in', 'sign_in_failed', 'password_changed', 'password_reset']),
    }),
    z.strictObject({
      ...seen,
      device: reference,
      type: z.literal('device_added'),
      at: time,
      by: z.enum(['sign_up', 'sign_in', 'reset']),
      trusted: z.boolean().default(false),
    }),
    z.strictObject({
      ...seen,
      device: reference,
      type: z.enum(['device_trusted', 'device_distrusted']),
    }),
    z.strictObject({
      ...seen,
      type: z.enum(['topped_up', 'received', 'subscribed', 'redeemed', 'withdrawn']),
      amount: requestedAmount,
    }),
    z.strictObject({
      ...seen,
      type: z.literal('sms_signal'),
      forwarding: signal,
      sim_swap: signal,
      silence: signal,
    }),
  ])
  .meta({ id: 'GuardEvent' })

const guardOutcome = z
  .strictObject({
    outcome: z.enum(['done', 'stopped']).optional(),
    label: z.enum(['theft', 'scam', 'honest', 'inconclusive']).optional(),
    reason: z.string().trim().min(3).max(500).optional(),
  })
  .superRefine(({ outcome: end, label, reason: why }, context) => {
    const issue = (path: string, message: string) =>
      context.addIssue({ code: 'custom', path: [path], message })
    if (end === undefined && label === undefined) issue('outcome', 'say an outcome or a label')
    if (label !== undefined && why === undefined) issue('reason', 'a label needs a reason')
  })
  .meta({ id: 'GuardOutcome' })

const byClient = { auth: 'partner', partner: 'guard', idempotent: true, method: 'POST' } as const

/** The guard alone, in front of a wallet that is not ours. */
export const guardRoutes = {
  decideForGuest: {
    ...byClient,
    path: '/v1/decisions',
    tag: 'Guard',
    summary: 'May this step go on? Decided at once, and remembered for the next question',
    body: decisionAsked,
    status: 201,
    answer: guardDecision,
    errors: ['partner_token_wrong', 'partner_not_configured', 'amount_malformed'],
  },
  receiveGuestEvent: {
    ...byClient,
    path: '/v1/events',
    tag: 'Guard',
    summary: 'Something that happened in your wallet outside of a decision',
    body: guardEvent,
    status: 202,
    answer: z.object({ accepted: z.literal(true) }),
    errors: ['partner_token_wrong', 'partner_not_configured', 'device_not_found'],
  },
  receiveGuestOutcome: {
    ...byClient,
    path: '/v1/decisions/:id/outcome',
    tag: 'Guard',
    summary: 'How a step ended, and what it turned out to be',
    params: z.strictObject({ id: z.string().regex(/^dec_[\w-]{1,64}$/) }),
    body: guardOutcome,
    status: 200,
    answer: z.object({ state: z.enum(['open', 'done', 'stopped']) }),
    errors: [
      'partner_token_wrong',
      'partner_not_configured',
      'decision_not_found',
      'outcome_differs',
    ],
  },
} as const satisfies Record<string, Route>
