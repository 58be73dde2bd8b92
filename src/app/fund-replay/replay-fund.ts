import {
  bookOrders,
  chunkSize,
  closeDealingDay,
  collectOrders,
  deliverOrders,
  finishConfirmation,
  finishPayment,
  nextFundEvent,
  receiveRedemptions,
  settleFastRedemptions,
  takeFundAnswer,
  unitsRedeemed,
  type FundEvent,
  type FundOrder,
  type OrderStep,
  type Per10k,
} from '#fund'
import {
  addDays,
  daysBetween,
  localDateOf,
  startOfLocalDay,
  type Instant,
  type LocalDate,
} from '#kernel'
import { createReplayCheck, type CheckedInvariant } from './check-replay.ts'
import { createFundRegister } from './fund-register.ts'
import { createWishes, type OrderCounts } from './place-wishes.ts'
import { createReplayBooks } from './replay-books.ts'
import { replayIncome } from './replay-income.ts'

export interface ReplayWish {
  /** First and last day whose income is paid. */
  readonly from: LocalDate
  readonly to: LocalDate
  readonly figures: ReadonlyMap<LocalDate, Per10k>
  readonly holders: number
  readonly seed: number
}

export interface Replayed {
  readonly days: number
  readonly holders: number
  readonly orders: OrderCounts
  /** At the end, hundredths. */
  readonly units: bigint
  /** In all, fen, the bank's part included. */
  readonly incomePaid: bigint
  readonly invariants: readonly CheckedInvariant[]
}

const incomeDelayMs = 10 * 60_000

/**
 * Runs the fund's own commands on books in memory through every event of its calendar, with orders
 * of seeded holders in between; the fund earns what was published. Every day needs a figure.
 */
export async function replayFund(
  wish: ReplayWish,
  tell: (line: string) => void,
): Promise<Replayed> {
  const { from, to, figures, seed } = wish
  const start = startOfLocalDay(from)
  const holders = Array.from({ length: wish.holders }, (_, index) => holderId(index + 1))
  const books = await createReplayBooks(start, holders)
  const register = createFundRegister(figures)
  const check = createReplayCheck(books, register)
  const wishes = createWishes(books, { from, to, holders, seed })
  const end = startOfLocalDay(addDays(to, 1)) + incomeDelayMs
  let midnight = await books.register()
  let orders: FundOrder[] = []

  async function book(date: LocalDate, step: OrderStep): Promise<void> {
    const fits = orders.filter((order) => order.dealingDay === date && isFor(order, step))
    for (let at = 0; at < fits.length; at += chunkSize) {
      const part = fits.slice(at, at + chunkSize)
      await books.run(bookOrders, {
        date,
        step,
        orders: part.map(({ id, customerId, kind }) => ({ id, customerId, kind })),
      })
    }
  }

  async function carryOut({ kind, date }: FundEvent): Promise<void> {
    switch (kind) {
      case 'income': {
        const declared = register.declare(date)
        const day = await replayIncome(books, { date, ...declared, register: midnight })
        return check.afterIncome(date, declared.incomeFen, day.creditedFen)
      }
      case 'cut_off': {
        await books.run(closeDealingDay, { date })
        const day = await books.run(collectOrders, { date, sums: sumsOf(orders, date) })
        await books.run(deliverOrders, { date })
        return register.send(date, { ...day, redemptions: unitsRedeemed(day) })
      }
      case 'confirm': {
        const answer = register.confirm(date)
        await books.run(takeFundAnswer, { date, answer })
        await book(date, 'confirm')
        await books.run(settleFastRedemptions, { date })
        await book(date, 'settle')
        await books.run(finishConfirmation, { date })
        return
      }
      case 'pay':
        await books.run(receiveRedemptions, { date })
        await book(date, 'pay')
        await books.run(finishPayment, { date })
        return
    }
  }

  for (let at: Instant = start; ;) {
    const event = nextFundEvent(at)
    if (event.dueAt > end) break
    at = event.dueAt
    // What earned on a day is what was held at its end, before the first order of the next one.
    if (event.kind === 'income') {
      await wishes.placeUntil(startOfLocalDay(addDays(event.date, 1)))
      midnight = await books.register()
      if (event.date.endsWith('-01')) tell(`${event.date}  units ${register.units()}`)
    }
    await wishes.placeUntil(at)
    if (event.date < from) continue
    books.clock.set(at)
    orders = await wishes.open()
    await carryOut(event)
    orders = await wishes.open()
    await check.afterEvent(`${event.kind} ${event.date}`, orders, lateAfter(event))
  }
  return {
    days: daysBetween(from, to) + 1,
    holders: wish.holders,
    orders: wishes.counts(),
    units: await books.balance('R100'),
    incomePaid: register.income(),
    invariants: check.result(),
  }
}

function holderId(number: number): string {
  return `cus_${String(number).padStart(6, '0')}`
}

/** The steps of a confirmed day; an order that is past a step is left alone. */
function isFor({ kind, state }: FundOrder, step: OrderStep): boolean {
  if (step === 'settle') return state === 'advanced'
  if (step === 'pay') return state === 'confirmed' && kind === 'normal_redemption'
  return state === 'accepted'
}

function sumsOf(orders: readonly FundOrder[], date: LocalDate) {
  const sum = (kind: FundOrder['kind']) =>
    orders
      .filter((order) => order.kind === kind && order.dealingDay === date)
      .reduce((total, { amount }) => total + amount, 0n)
  return {
    subscriptions: sum('subscription'),
    redemptions: sum('normal_redemption'),
    fast: sum('fast_redemption'),
  }
}

/** Which orders must not wait any more once an event is over: by their own confirmation day. */
function lateAfter({ kind, dueAt }: FundEvent): (order: FundOrder) => boolean {
  const today = localDateOf(dueAt)
  const isPaid = kind === 'pay' || kind === 'cut_off'
  const isConfirmed = isPaid || kind === 'confirm'
  return ({ state, confirmationDay }) => {
    if (confirmationDay !== today) return confirmationDay < today
    return state === 'confirmed' ? isPaid : isConfirmed
  }
}
