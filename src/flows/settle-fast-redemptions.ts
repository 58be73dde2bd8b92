import { settleFastRedemptions } from '#fund'
import type { LocalDate, Result } from '#kernel'
import type { Problem } from './context.ts'
import { bookAllOrders, type FundStepContext } from './fund-step.ts'
import { createMakeTransfers } from './make-transfers.ts'
import { submit } from './submit.ts'

/**
 * The fund repays what the bank advanced for a dealing day's fast redemptions, with the bank's own
 * income. Part of the confirmation; may be repeated. Answers how many orders ended.
 * Errors: partner_not_configured, partner_unavailable, partner_refused, and those of `submit`.
 */
export function createSettleFastRedemptions(
  context: FundStepContext,
): (date: LocalDate) => Promise<Result<number, Problem>> {
  const makeTransfers = createMakeTransfers(context)
  return async (date) => {
    const settled = await submit(context, settleFastRedemptions, {
      owner: 'fund',
      id: `settle_fast:${date}`,
      input: { date },
    })
    if (!settled.ok) return settled
    const ended = await bookAllOrders(context, { date, step: 'settle' })
    if (!ended.ok) return ended
    const moved = await makeTransfers()
    return moved.ok ? ended : moved
  }
}
