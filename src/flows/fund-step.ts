import { bookOrders, chunkSize, ordersBefore, type OrderStep } from '#fund'
import { fail, ok, type LocalDate, type Result } from '#kernel'
import { isPassing, type FundError, type FundManager } from '#partners'
import type { FlowContext, Problem } from './context.ts'
import { submit } from './submit.ts'

/** What a step of the fund's own day needs. */
export type FundStepContext = Pick<
  FlowContext,
  'lane' | 'sql' | 'now' | 'partners' | 'log' | 'bulkConnection' | 'stopping'
>

/** Asks the fund manager. Errors: partner_not_configured, partner_unavailable, partner_refused. */
export async function askFundManager<T>(
  context: Pick<FlowContext, 'partners'>,
  ask: (fundManager: FundManager) => Promise<Result<T, FundError>>,
): Promise<Result<T, Problem>> {
  const { fundManager } = context.partners
  const param = 'fund_manager'
  if (fundManager === undefined) return fail({ code: 'partner_not_configured', param })
  const answer = await ask(fundManager)
  if (answer.ok) return answer
  const waits = isPassing(answer.error) || answer.error === 'not_declared_yet'
  return fail({
    code: waits ? 'partner_unavailable' : 'partner_refused',
    param,
    detail: answer.error,
  })
}

/** Takes every order of a dealing day through a step, chunk by chunk. Answers how many. */
export async function bookAllOrders(
  context: Pick<FlowContext, 'lane' | 'sql'>,
  { date, step }: { date: LocalDate; step: OrderStep },
): Promise<Result<number, Problem>> {
  let booked = 0
  for (;;) {
    const orders = await ordersBefore(context.sql, { date, step, limit: chunkSize })
    const [first] = orders
    if (first === undefined) return ok(booked)
    // Chunks are cut at the same places on every repeat: each is named by its first order.
    const done = await submit(context, bookOrders, {
      owner: 'fund',
      id: `${step}:${date}:${first.id}`,
      input: {
        date,
        step,
        orders: orders.map(({ id, customerId, kind }) => ({ id, customerId, kind })),
      },
    })
    if (!done.ok) return done
    booked += done.value.booked
  }
}
