import type { Command } from '#commit'
import {
  applyGate,
  chunkSize,
  closeDealingDay,
  collectOrders,
  cutOffOf,
  dealingDay,
  deferRedemptions,
  deferredParts,
  deliverOrders,
  orderSums,
  redemptionsOf,
  unitsRedeemed,
  type DealingDay,
} from '#fund'
import { invariant, ok, type LocalDate, type Result } from '#kernel'
import type { Problem } from './context.ts'
import { askFundManager, type FundStepContext } from './fund-step.ts'
import { createMakeTransfers } from './make-transfers.ts'
import { submit } from './submit.ts'

/**
 * The cut-off of a dealing day: no more orders, their sum is known, the money of subscriptions goes
 * through settlement to the custodian, the fund manager gets the orders. May be repeated: it goes
 * on where it stopped. Answers the day, at least `submitted`.
 * Errors: partner_not_configured, partner_unavailable, partner_refused, and those of `submit`.
 */
export function createCloseDealingDay(
  context: FundStepContext,
): (date: LocalDate) => Promise<Result<DealingDay, Problem>> {
  const makeTransfers = createMakeTransfers(context)
  return async (date) => {
    invariant(context.now() >= cutOffOf(date), `cut-off of ${date} has come`)
    const collected = await collect(date)
    if (!collected.ok) return collected
    const moved = await makeTransfers()
    if (!moved.ok) return moved
    if (collected.value.state !== 'collected') return collected
    const sent = await send(collected.value)
    if (!sent.ok) return sent
    const delivered = await step(deliverOrders, 'deliver', { date })
    if (!delivered.ok) return delivered
    const arrived = await makeTransfers()
    return arrived.ok ? delivered : arrived
  }

  async function collect(date: LocalDate): Promise<Result<DealingDay, Problem>> {
    const present = await dealingDay(context.sql, date)
    if (present !== null && present.state !== 'closed') return ok(present)
    const closed = await step(closeDealingDay, 'close', { date })
    if (!closed.ok) return closed
    const gated = await defer(date)
    if (!gated.ok) return gated
    const sums = await orderSums(context.sql, date)
    return step(collectOrders, 'collect', { date, sums })
  }

  /** What the gate moves on. Decided once: a repeat shares the same sum among the same orders. */
  async function defer(date: LocalDate): Promise<Result<null, Problem>> {
    const sums = await orderSums(context.sql, date)
    const owner = 'fund'
    const asked = { owner, id: `gate:${date}`, content: { date }, input: { date, sums } }
    const gated = await submit(context, applyGate, asked)
    if (!gated.ok) return gated
    if (gated.value.deferred === 0n) return ok(null)
    const parts = deferredParts(gated.value.deferred, await redemptionsOf(context.sql, date))
    for (let at = 0; at < parts.length; at += chunkSize) {
      const input = { date, parts: parts.slice(at, at + chunkSize) }
      const moved = await submit(context, deferRedemptions, {
        owner,
        id: `defer:${date}:${at}`,
        input,
      })
      if (!moved.ok) return moved
    }
    const fields = { date, deferred: gated.value.deferred.toString(), orders: parts.length }
    context.log.warn(fields, 'redemptions deferred by the gate')
    return ok(null)
  }

  function step<In extends { date: LocalDate }>(
    command: Command<In, DealingDay>,
    name: string,
    input: In,
  ) {
    return submit(context, command, { owner: 'fund', id: `${name}:${input.date}`, input })
  }

  function send(day: DealingDay) {
    return askFundManager(context, (fundManager) =>
      fundManager.submitOrders({
        reference: `orders:${day.id}`,
        dealingDay: day.id,
        subscriptions: day.subscriptions,
        redemptions: unitsRedeemed(day),
      }),
    )
  }
}
