import { z } from 'zod'
import { amount, instant } from '../wire.ts'
import { bankRefusals, movementKinds, ownAccounts } from './port.ts'

export const reference = z.string().min(1).max(200)
export const ownAccount = z.enum(ownAccounts)
const sequence = z
  .string()
  .regex(/^\d{1,18}$/)
  .transform(BigInt)

export const holderBody = z.object({ accountNumber: z.string(), name: z.string() })
export const holderAnswer = z.object({ holder: z.enum(['match', 'mismatch']) })
export const transferBody = z.object({ reference, accountNumber: z.string(), amount })
export const moveBody = z.object({ reference, from: ownAccount, to: ownAccount, amount })
export const findBody = z.object({ reference })
export const balanceBody = z.object({ account: ownAccount })
export const balanceAnswer = z.object({ balance: amount })
export const movementsBody = z.object({ account: ownAccount, after: sequence })

export const movement = z.object({
  sequence,
  reference: z.string(),
  kind: z.enum(movementKinds),
  from: z.string(),
  to: z.string(),
  amount,
  status: z.enum(['settled', 'refused', 'returned']),
  refusal: z.enum(bankRefusals).nullable(),
  at: instant,
})
export const movementsAnswer = z.object({ movements: z.array(movement) })

export const bankPaths = {
  confirmHolder: '/holders/confirm',
  collect: '/collections',
  payOut: '/payouts',
  move: '/transfers',
  find: '/movements/find',
  movements: '/movements/list',
  balance: '/balances',
} as const
