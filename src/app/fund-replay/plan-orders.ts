import { dealingCalendar } from '#fund'
import {
  createSeededRandom,
  startOfLocalDay,
  weekdayOf,
  type Instant,
  type LocalDate,
} from '#kernel'

/** What a holder wants at a moment. Amounts of redemptions are found when the holding is known. */
export interface Wish {
  readonly at: Instant
  readonly customerId: string
  readonly kind: 'subscription' | 'fast' | 'normal' | 'top_up' | 'cancel'
  /** Fen; of a redemption the most. */
  readonly amount: bigint
}

export type KindOfDay = 'workingDay' | 'weekend' | 'holiday'

/** Make-up Saturdays are working days by law; the exchange is closed, so here they are weekends. */
export function kindOfDay(date: LocalDate): KindOfDay {
  if (dealingCalendar.isDealingDay(date)) return 'workingDay'
  const weekday = weekdayOf(date)
  return weekday === 0 || weekday === 6 ? 'weekend' : 'holiday'
}

const dayMs = 86_400_000
/** How many wishes a holder has on a usual day, in thousandths. */
const wishesPerMille = 60
/** Holders arrive during the first days, as they did in 2013. */
const arrivalDays = 18

/**
 * All wishes of each day, in their order, drawn from the seed: a holder brings money and subscribes
 * on arrival, later tops up, subscribes or redeems at any hour of any day.
 */
export function createOrderPlan(holders: readonly string[], seed: number) {
  const random = createSeededRandom(seed)
  const arrival = new Map(holders.map((id) => [id, random.between(0, arrivalDays - 1)]))

  /** Between 100 yuan and about 200,000, small sums far more often; whole fen. */
  const sum = () => BigInt(Math.floor(10_000 * Math.exp(random.next() * 7.6)))
  /** Every third wish in the last minutes before the cut-off or the first after it. */
  const moment = (date: LocalDate) => {
    const start = startOfLocalDay(date)
    if (random.next() < 0.33) return start + random.between(14 * 3_600_000, 16 * 3_600_000)
    return start + random.between(0, dayMs - 1)
  }

  return (date: LocalDate, dayNumber: number): Wish[] => {
    const wishes: Wish[] = []
    for (const customerId of holders) {
      const since = dayNumber - (arrival.get(customerId) ?? 0)
      if (since < 0) continue
      const at = moment(date)
      const amount = sum()
      const draw = random.between(0, 999)
      const arrives = since === 0
      // Money is there a minute before it is spent; a top-up a month keeps it going.
      if (arrives || draw >= 967) {
        wishes.push({ at: at - 60_000, customerId, kind: 'top_up', amount })
      }
      if (arrives) wishes.push({ at, customerId, kind: 'subscription', amount })
      else if (draw < wishesPerMille) wishes.push({ at, customerId, kind: kindOf(draw), amount })
    }
    const start = startOfLocalDay(date)
    return wishes
      .map((wish) => (wish.at < start ? { ...wish, at: start } : wish))
      .toSorted((a, b) => a.at - b.at)
  }
}

/** Half of them bring money, a tenth would take their latest order back. */
function kindOf(draw: number): Wish['kind'] {
  if (draw >= wishesPerMille * 0.9) return 'cancel'
  if (draw < wishesPerMille / 2) return 'subscription'
  return draw % 2 === 0 ? 'fast' : 'normal'
}
