import type { View } from '#commit'
import type { Instant } from '#kernel'
import { customer, customerIn } from './customer.ts'

export type FrozenBy = 'customer' | 'report' | 'operator'

/** The later of these binds harder: what a report froze, the customer alone cannot lift. */
const weight: Record<FrozenBy, number> = { customer: 1, report: 2, operator: 3 }

/**
 * Freezes a customer: no money leaves from the next command on. Freezing again keeps the first
 * moment and the stronger reason. Answers when the freeze began.
 */
export function freeze(
  state: View,
  frozen: { customerId: string; by: FrozenBy; reason: string },
  now: Instant,
): { frozenAt: Instant; already: boolean } {
  const { customerId, by, reason } = frozen
  const who = customerIn(state, customerId)
  const already = who.status === 'frozen'
  const frozenAt = already && who.frozenAt !== null ? who.frozenAt : now
  const stronger = !already || who.frozenBy === null || weight[by] > weight[who.frozenBy]
  if (stronger) {
    const status = 'frozen' as const
    state.put(customer, { ...who, status, frozenAt, frozenBy: by, frozenReason: reason })
  }
  return { frozenAt, already }
}

/**
 * Lifts a freeze. Errors: customer_not_frozen; unfreeze_not_allowed, when the customer asks but
 * not he himself froze.
 */
export function unfreeze(
  state: View,
  lifted: { customerId: string; by: 'customer' | 'operator' },
): 'unfrozen' | 'customer_not_frozen' | 'unfreeze_not_allowed' {
  const who = customerIn(state, lifted.customerId)
  if (who.status !== 'frozen') return 'customer_not_frozen'
  if (lifted.by === 'customer' && who.frozenBy !== 'customer') return 'unfreeze_not_allowed'
  state.put(customer, {
    ...who,
    status: 'active',
    frozenAt: null,
    frozenBy: null,
    frozenReason: null,
  })
  return 'unfrozen'
}
