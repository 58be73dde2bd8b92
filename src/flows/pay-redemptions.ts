import { dealingDay, finishPayment, receiveRedemptions, type DealingDay } from '#fund'
import { invariant, ok, type LocalDate, type Result } from '#kernel'
import type { Problem } from './context.ts'
import { bookAllOrders, type FundStepContext } from './fund-step.ts'
import { createMakeTransfers } from './make-transfers.ts'
import { submit } from './submit.ts'

/**
 * Pays a confirmed dealing day's normal redemptions into the wallets, once the fund's money has
 * arrived in the reserve. May be repeated: it goes on where it stopped. Answers the day, `paid`
 * (or `rejected`: then there is nothing to pay).
 * Errors: partner_not_configured, partner_unavailable, partner_refused, and those of `submit`.
 */
export function createPayRedemptions(
  context: FundStepContext,
): (date: LocalDate) => Promise<Result<DealingDay, Problem>> {
  const makeTransfers = createMakeTransfers(context)
  return async (date) => {
    const present = await dealingDay(context.sql, date)
    invariant(present !== null && present.confirmedAt !== null, `${date} is confirmed`)
    if (present.state === 'paid' || present.state === 'rejected') return ok(present)
    const owner = 'fund'
    const input = { date }
    const received = await submit(context, receiveRedemptions, {
      owner,
      id: `receive:${date}`,
      input,
    })
    if (!received.ok) return received
    // Nobody is paid before the money is there.
    const moved = await makeTransfers()
    if (!moved.ok) return moved
    const paid = await bookAllOrders(context, { date, step: 'pay' })
    if (!paid.ok) return paid
    return submit(context, finishPayment, { owner, id: `finish_payment:${date}`, input })
  }
}
