import type { FundOrder } from '#fund'
import { addDays, localDateOf, type Instant, type LocalDate } from '#kernel'
import { createOrderPlan, kindOfDay, type KindOfDay, type Wish } from './plan-orders.ts'
import { placeWish, takeBack, topUp } from './place-wish.ts'
import type { ReplayBooks } from './replay-books.ts'

/** How many orders were placed, by kind of day and of order, and what was refused. */
export interface OrderCounts {
  readonly total: number
  readonly onWorkingDays: number
  readonly onWeekends: number
  readonly onHolidays: number
  readonly subscriptions: number
  readonly fastRedemptions: number
  readonly normalRedemptions: number
  /** Taken back before the cut-off; among the others, too. */
  readonly cancelled: number
  readonly refused: Readonly<Record<string, number>>
}

const over: readonly FundOrder['state'][] = ['paid', 'settled', 'rejected', 'cancelled']

/** Places the holders' wishes as time goes by, and keeps track of orders that are not over. */
export function createWishes(
  books: ReplayBooks,
  plan: { from: LocalDate; to: LocalDate; holders: readonly string[]; seed: number },
) {
  const wishesOf = createOrderPlan(plan.holders, plan.seed)
  const waiting: Wish[] = []
  const openIds = new Set<string>()
  const byDay: Record<KindOfDay, number> = { workingDay: 0, weekend: 0, holiday: 0 }
  const byKind: Record<FundOrder['kind'], number> = {
    subscription: 0,
    fast_redemption: 0,
    normal_redemption: 0,
  }
  const refused: Record<string, number> = {}
  const latest = new Map<string, string>()
  let cancelled = 0
  let planned = plan.from
  let dayNumber = 0
  let orders = 0

  /** Plans the days up to the one an instant lies in; after the last day nobody wants anything. */
  function planTo(at: Instant): void {
    for (; planned <= localDateOf(at) && planned <= plan.to; planned = addDays(planned, 1)) {
      waiting.push(...wishesOf(planned, dayNumber))
      dayNumber += 1
    }
  }

  async function place(wish: Wish): Promise<void> {
    books.clock.set(wish.at)
    if (wish.kind === 'cancel') return cancelLatest(wish.customerId)
    orders += 1
    const orderId = `ord_${orders}`
    if (wish.kind === 'top_up') {
      await books.run(topUp, { ...wish, kind: wish.kind, orderId })
      return
    }
    const placed = await books.run(placeWish, { ...wish, kind: wish.kind, orderId })
    if (placed === null) return
    if (!placed.ok) {
      refused[placed.error] = (refused[placed.error] ?? 0) + 1
      return
    }
    openIds.add(orderId)
    latest.set(wish.customerId, orderId)
    byDay[kindOfDay(localDateOf(wish.at))] += 1
    byKind[placed.value.kind] += 1
  }

  async function cancelLatest(customerId: string): Promise<void> {
    const [order] = await books.orders([latest.get(customerId) ?? ''])
    if (order !== undefined && (await books.run(takeBack, { order }))) cancelled += 1
  }

  return {
    /** Places everything wanted before an instant. */
    async placeUntil(at: Instant): Promise<void> {
      planTo(at)
      const due = waiting.findIndex((wish) => wish.at >= at)
      for (const wish of waiting.splice(0, due === -1 ? waiting.length : due)) await place(wish)
    },
    /** Orders that are not over, as the books have them, by id. */
    async open(): Promise<FundOrder[]> {
      const present = await books.orders([...openIds])
      for (const { id, kind, state } of present) {
        const isOver = over.includes(state) || (kind === 'subscription' && state === 'confirmed')
        if (isOver) openIds.delete(id)
      }
      return present.filter(({ id }) => openIds.has(id))
    },
    counts: (): OrderCounts => ({
      total: byDay.workingDay + byDay.weekend + byDay.holiday,
      onWorkingDays: byDay.workingDay,
      onWeekends: byDay.weekend,
      onHolidays: byDay.holiday,
      subscriptions: byKind.subscription,
      fastRedemptions: byKind.fast_redemption,
      normalRedemptions: byKind.normal_redemption,
      cancelled,
      refused,
    }),
  }
}
