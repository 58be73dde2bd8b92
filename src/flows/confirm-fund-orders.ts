import {
  chunkSize,
  dealingDay,
  finishConfirmation,
  noteConfirmedParts,
  takeFundAnswer,
  type ConfirmedPart,
  type DealingDay,
} from '#fund'
import { invariant, ok, type LocalDate, type Result } from '#kernel'
import type { Problem } from './context.ts'
import { askFundManager, bookAllOrders, type FundStepContext } from './fund-step.ts'
import { createMakeTransfers } from './make-transfers.ts'
import { createSettleFastRedemptions } from './settle-fast-redemptions.ts'
import { submit } from './submit.ts'

/**
 * Takes the fund's answer to a dealing day and books it order by order: units issued, units taken
 * back, advances repaid; a rejected day goes back where it came from. May be repeated: it goes on
 * where it stopped. Answers the day, `confirmed` (or later) or `rejected`.
 * Errors: partner_not_configured, partner_unavailable, partner_refused, and those of `submit`.
 */
export function createConfirmFundOrders(
  context: FundStepContext,
): (date: LocalDate) => Promise<Result<DealingDay, Problem>> {
  const makeTransfers = createMakeTransfers(context)
  const settleFastRedemptions = createSettleFastRedemptions(context)
  return async (date) => {
    const answered = await takeAnswer(date)
    if (!answered.ok) return answered
    const { state } = answered.value
    if (state !== 'confirming' && state !== 'rejecting') return answered
    const rejected = state === 'rejecting'
    const step = rejected ? 'reject' : 'confirm'
    const booked = await bookAllOrders(context, { date, step })
    if (!booked.ok) return booked
    const settled = rejected ? await makeTransfers() : await settleFastRedemptions(date)
    if (!settled.ok) return settled
    context.log.info({ date, step, orders: booked.value }, 'fund orders booked')
    const id = `finish_confirmation:${date}`
    return submit(context, finishConfirmation, { owner: 'fund', id, input: { date } })
  }

  async function takeAnswer(date: LocalDate): Promise<Result<DealingDay, Problem>> {
    const present = await dealingDay(context.sql, date)
    invariant(present !== null, `dealing day ${date} is closed`)
    if (present.state !== 'submitted') return ok(present)
    const { confirmationDay } = present
    const answer = await askFundManager(context, (fundManager) =>
      fundManager.confirm({ dealingDay: date, confirmationDay }),
    )
    if (!answer.ok) return answer
    const { status, unitsIssued, proceeds, parts = [] } = answer.value
    const noted = await noteParts(date, parts)
    if (!noted.ok) return noted
    const input = { date, answer: { status, unitsIssued, proceeds } }
    return submit(context, takeFundAnswer, { owner: 'fund', id: `answer:${date}`, input })
  }

  async function noteParts(
    date: LocalDate,
    parts: readonly ConfirmedPart[],
  ): Promise<Result<null, Problem>> {
    for (let at = 0; at < parts.length; at += chunkSize) {
      const input = { date, parts: parts.slice(at, at + chunkSize) }
      const id = `parts:${date}:${at}`
      const noted = await submit(context, noteConfirmedParts, { owner: 'fund', id, input })
      if (!noted.ok) return noted
    }
    return ok(null)
  }
}
