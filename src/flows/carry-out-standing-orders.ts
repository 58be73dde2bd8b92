import type { Command } from '#commit'
import {
  carryOutStandingOrder,
  standingChunk,
  standingKeys,
  standingOrdersAt,
  standingOrdersDue,
  type StandingTurn,
} from '#fund'
import { customer, customerKey } from '#identity'
import { localDateOf, type LocalDate } from '#kernel'
import { accountId, balancesOf } from '#ledger'
import type { FlowContext } from './context.ts'
import { submit } from './submit.ts'

interface Turns {
  readonly date: LocalDate
  readonly turns: readonly StandingTurn[]
}

const carryOut: Command<Turns, { placed: number }> = {
  name: 'flows.carry_out_standing_orders',
  reads: ({ turns }) =>
    turns.flatMap((turn) => [customerKey(turn.customerId), ...standingKeys(turn)]),
  apply(state, { date, turns }, now) {
    let placed = 0
    for (const turn of turns) {
      const blocked = state.get(customer, turn.customerId)?.status !== 'active'
      if (carryOutStandingOrder(state, { turn, date, blocked }, now) !== null) placed += 1
    }
    return { placed }
  },
}

type Due = Awaited<ReturnType<typeof standingOrdersDue>>

/** Customers looked at with one query. */
const page = 1_000

/**
 * Carries out the day's standing orders once their hour has come: pages of customers, their wallets
 * read together, a command for each chunk of those with something in it. Done on a day is done: a
 * repeat, here or on another server, finds each customer's turn taken. Answers how many orders.
 */
export function createCarryOutStandingOrders(
  context: Pick<FlowContext, 'lane' | 'sql' | 'now' | 'ids' | 'log'>,
): () => Promise<number> {
  const { sql, ids } = context
  let doneFor = ''
  return async () => {
    const date = localDateOf(context.now())
    if (doneFor === date || context.now() < standingOrdersAt(date)) return 0
    let placed = 0
    for (let after = ''; ;) {
      const due = await standingOrdersDue(sql, { date, after, limit: page })
      const last = due.at(-1)
      if (last === undefined) break
      after = last.id
      const done = await carryOutPage(date, due)
      if (done === null) return placed
      placed += done
    }
    doneFor = date
    if (placed > 0) context.log.info({ date, placed }, 'standing orders carried out')
    return placed
  }

  /** Null: the database is not there; the next round goes on. */
  async function carryOutPage(date: LocalDate, due: Due): Promise<number | null> {
    const wallets = await balancesOf(
      sql,
      due.map(({ id }) => accountId('2010', id)),
    )
    const withMoney = due.filter(({ id, keepFen }) => {
      return (wallets.get(accountId('2010', id))?.available ?? 0n) > keepFen
    })
    let placed = 0
    for (let at = 0; at < withMoney.length; at += standingChunk) {
      const turns = withMoney
        .slice(at, at + standingChunk)
        .map(({ id: customerId }) => ({ customerId, orderId: ids.next('ord') }))
      const id = ids.next('req')
      const done = await submit(context, carryOut, { owner: 'fund', id, input: { date, turns } })
      if (!done.ok) return null
      placed += done.value.placed
    }
    return placed
  }
}
