import { z } from 'zod'
import { amount, instant, localDate } from '../wire.ts'

const id = z.string().min(1).max(200)
const terms = {
  startsOn: localDate,
  endsOn: localDate,
  perEventLimit: amount,
  aggregateLimit: amount,
  deductible: amount,
  premiumPerMillion: amount,
}

export const coverBody = z.object({ reference: id, ...terms })
export const coverAnswer = z.object({ coverId: id, ...terms })
/** Notice and answer alike. */
export const premium = z.object({
  reference: id,
  coverId: id,
  month: z.string().regex(/^\d{4}-\d{2}$/),
  accounts: z.number().int().nonnegative(),
  amount,
})
/** Notice and answer alike. */
export const claim = z.object({
  claimId: id,
  coverId: id,
  lostOn: localDate,
  amount,
  evidence: z.record(z.string(), z.string()),
})
export const claimBody = z.object({ claimId: id })
export const decisionAnswer = z.discriminatedUnion('status', [
  z.object({ status: z.literal('pending'), claimId: id }),
  z.object({ status: z.literal('approved'), claimId: id, amount }),
  z.object({ status: z.literal('declined'), claimId: id, reason: z.string() }),
])
export const remittanceAnswer = z.object({
  claimId: id,
  amount,
  bankReference: z.string(),
  at: instant,
})
export const totalsBody = z.object({})
export const totalsAnswer = z.object({
  claimsNotified: z.number().int(),
  notified: amount,
  approved: amount,
  paid: amount,
  premium: amount,
})

export const insurerPaths = {
  covers: '/covers',
  premiums: '/premiums',
  claims: '/claims',
  decision: '/claims/decision',
  remittance: '/claims/remittance',
  totals: '/totals',
} as const
