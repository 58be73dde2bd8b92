import { z } from 'zod'
import { yieldDay } from './fund.ts'
import { outcome, reason, warning } from './guard-words.ts'
import {
  amount,
  anyId,
  currency,
  localDate,
  phone,
  requestedAmount,
  requestedCurrency,
  time,
} from './scalars.ts'

/** Everything a balance screen shows, read at one moment. */
export const wallet = z
  .object({
    currency,
    as_of: time,
    total: amount,
    /**
     * Posted is what entries came to, pending what open holds would add or take, available what may
     * be spent now; held is reserved by payments or kept apart by a recall.
     */
    wallet: z.object({ posted: amount, pending: amount, available: amount, held: amount }),
    /** Units are yuan: one unit costs 1.00. */
    fund: z.object({ available: amount, held: amount, redeeming: amount }),
    in_transit: z.object({ subscriptions: amount, redemptions: amount, withdrawals: amount }),
    income: z.object({
      yesterday: amount,
      /** The fund day that `yesterday` belongs to; null before the first income. */
      yesterday_date: localDate.nullable(),
      cumulative: amount,
    }),
    /** Recent fund days, oldest first. */
    yields: z.array(yieldDay),
    /** If money moved into the fund now. */
    next: z.object({
      cut_off_at: time,
      dealing_day: localDate,
      earns_from: localDate,
      income_shown_on: localDate,
    }),
    guarantee: z.object({
      covered: z.boolean(),
      insurer: z.string().nullable(),
      per_event_limit: amount.nullable(),
    }),
  })
  .meta({ id: 'Wallet' })
export type Wallet = z.infer<typeof wallet>

export const bankAccount = z
  .object({
    id: anyId,
    bank_name: z.string(),
    number_masked: z.string(),
    holder_name: z.string(),
    linked_at: time,
    /** Withdrawals go there from then on. */
    usable_from: time,
  })
  .meta({ id: 'BankAccount' })
export type BankAccount = z.infer<typeof bankAccount>

export const linkBankAccountRequest = z.strictObject({
  account_number: z.string().regex(/^\d{12,24}$/),
  bank_name: z.string().trim().min(1).max(60).default('Simulated Bank'),
})
/** `account` is null when the guard held or denied the link. */
export const linkBankAccountAnswer = z.object({
  account: bankAccount.nullable(),
  outcome,
  reasons: z.array(reason),
})

export const moneySource = z.enum(['wallet', 'fund'])

export const topUpRequest = z.strictObject({
  bank_account_id: anyId,
  amount: requestedAmount,
  currency: requestedCurrency,
})
export const topUp = z
  .object({
    id: anyId,
    state: z.enum(['pending', 'settled', 'failed']),
    amount,
    currency,
    bank_account_id: anyId,
    created_at: time,
  })
  .meta({ id: 'TopUp' })
export type TopUp = z.infer<typeof topUp>

export const withdrawalRequest = z.strictObject({
  ...topUpRequest.shape,
  /** `fund`: units are redeemed at once and paid out, up to the daily cap per person. */
  source: z.enum(['wallet', 'fund']).default('wallet'),
})
export const withdrawal = z
  .object({
    id: anyId,
    state: z.enum(['opened', 'pending', 'settled', 'returned', 'challenged', 'held', 'denied']),
    amount,
    currency,
    bank_account_id: anyId,
    created_at: time,
    reasons: z.array(reason),
  })
  .meta({ id: 'Withdrawal' })
export type Withdrawal = z.infer<typeof withdrawal>

export const paymentState = z.enum([
  'opened',
  'posted',
  'challenged',
  'held',
  'denied',
  'voided',
  'recalled',
])
export type PaymentState = z.infer<typeof paymentState>

export const party = z.object({
  customer_id: anyId,
  name: z.string(),
  kind: z.enum(['person', 'merchant']),
  phone_masked: z.string().nullable(),
})
export type Party = z.infer<typeof party>

export const payRequest = z.strictObject({
  payee: z.union([z.strictObject({ phone }), z.strictObject({ customer_id: anyId })]),
  amount: requestedAmount,
  currency: requestedCurrency,
  source: moneySource,
  memo: z.string().trim().max(140).optional(),
})

/** Money has moved only in `posted`; it is reserved in `held` and `challenged`. */
export const payment = z
  .object({
    id: anyId,
    /** As the asking customer sees it. */
    direction: z.enum(['out', 'in']),
    state: paymentState,
    amount,
    currency,
    source: moneySource,
    payer: party,
    payee: party,
    memo: z.string().nullable(),
    created_at: time,
    /** When it was posted, denied or voided; null while open. */
    ended_at: time.nullable(),
    /** The end of its challenge or hold: what happens then is in `at_deadline`. */
    deadline: time.nullable(),
    at_deadline: z.enum(['voided', 'posted']).nullable(),
    outcome: outcome.nullable(),
    decision_id: anyId.nullable(),
    reasons: z.array(reason),
    warnings: z.array(warning),
    /** May this session's device approve it? Only while challenged. */
    can_approve: z.boolean(),
    can_cancel: z.boolean(),
    /** Part of a report. */
    report_id: anyId.nullable(),
  })
  .meta({ id: 'Payment' })
export type Payment = z.infer<typeof payment>

/** `name`: whom the payer means; ten names in a quarter of an hour. */
export const payeeQuery = z.strictObject({
  phone,
  name: z.string().trim().min(1).max(80).optional(),
})
/** A name check before paying; the name is masked. */
export const payeeCheck = z
  .object({
    customer_id: anyId,
    name_masked: z.string(),
    kind: z.enum(['person', 'merchant']),
    paid_before: z.boolean(),
    /** How the given name fits; null: none was given. */
    name_match: z.enum(['match', 'close', 'no_match']).nullable(),
    warnings: z.array(warning),
  })
  .meta({ id: 'PayeeCheck' })
export type PayeeCheck = z.infer<typeof payeeCheck>

export const statementLine = z
  .object({
    id: z.string(),
    at: time,
    account: z.enum(['wallet', 'fund', 'held', 'in_transit']),
    /** The entry's kind: pay, top-up, subscribe, income, recall … */
    kind: z.string(),
    title: z.string(),
    /** Signed: negative where money left the account. */
    amount,
    balance: amount,
    ref: z.string().nullable(),
    counterparty: z.string().nullable(),
  })
  .meta({ id: 'StatementLine' })
export type StatementLine = z.infer<typeof statementLine>
