import { z } from 'zod'
import { amount, localDate } from '../wire.ts'

const dealingDayOrders = { dealingDay: localDate, subscriptions: amount, redemptions: amount }

export const submitBody = z.object({ reference: z.string().min(1).max(200), ...dealingDayOrders })
export const submitAnswer = z.object(dealingDayOrders)
export const confirmBody = z.object({ dealingDay: localDate, confirmationDay: localDate })
export const confirmAnswer = z.object({
  ...dealingDayOrders,
  confirmationDay: localDate,
  status: z.enum(['confirmed', 'rejected']),
  unitsIssued: amount,
  proceeds: amount,
  parts: z
    .array(z.object({ orderId: z.string().min(1).max(100), confirmed: amount }))
    .max(1_000_000)
    .optional(),
})
export const dayBody = z.object({ date: localDate })
export const dayAnswer = z.object({ date: localDate, units: amount, income: amount })
export const registerBody = z.object({})
export const registerAnswer = z.object({
  units: amount,
  incomeThrough: localDate.nullable(),
  pendingSubscriptions: amount,
  pendingRedemptions: amount,
})

export const fundPaths = {
  submit: '/orders',
  confirm: '/confirmations',
  dayIncome: '/income',
  register: '/register',
} as const
