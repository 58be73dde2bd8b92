/** Scores with what they were about; greater means more likely a theft. */
export interface Ranked {
  readonly scores: Float64Array
  /** 0 or 1. */
  readonly labels: Uint8Array
}

/** How many thefts and honest rows have a score of at least so much, threshold by threshold. */
interface Step {
  readonly thefts: number
  readonly honest: number
}

/** Rows of equal score enter together: no order among them is made up. */
function stepsOf({ scores, labels }: Ranked): Step[] {
  const order = Array.from(scores.keys()).sort(
    (a, b) => (scores[b] as number) - (scores[a] as number),
  )
  const steps: Step[] = []
  let thefts = 0
  let honest = 0
  for (const [i, row] of order.entries()) {
    if (labels[row] === 1) thefts += 1
    else honest += 1
    const next = order[i + 1]
    if (next === undefined || scores[next] !== scores[row]) steps.push({ thefts, honest })
  }
  return steps
}

/** Area under the ROC curve; NaN without rows of both kinds. Ties count half. */
export function areaUnderRoc(ranked: Ranked): number {
  const steps = stepsOf(ranked)
  const all = steps.at(-1) ?? { thefts: 0, honest: 0 }
  let area = 0
  let before = { thefts: 0, honest: 0 }
  for (const step of steps) {
    area += ((step.honest - before.honest) * (step.thefts + before.thefts)) / 2
    before = step
  }
  return area / (all.thefts * all.honest)
}

/** Sum of (recall gained) x (precision there), as scikit-learn; NaN without thefts. */
export function averagePrecision(ranked: Ranked): number {
  const steps = stepsOf(ranked)
  const all = steps.at(-1)?.thefts ?? 0
  let sum = 0
  let before = 0
  for (const { thefts, honest } of steps) {
    sum += ((thefts - before) * thefts) / (thefts + honest)
    before = thefts
  }
  return sum / all
}

/** The largest share of thefts a threshold finds that stops at most `rate` of the honest rows. */
export function recallAtFalsePositiveRate(ranked: Ranked, rate: number): number {
  const steps = stepsOf(ranked)
  const all = steps.at(-1) ?? { thefts: 0, honest: 0 }
  let found = 0
  for (const { thefts, honest } of steps) if (honest <= rate * all.honest) found = thefts
  return found / all.thefts
}

/** One payment for the daily work of analysts. */
export interface CardPayment {
  readonly day: number
  readonly card: number
  readonly score: number
  readonly isTheft: boolean
}

/**
 * Card precision at k: per day the k cards with the highest score of any of their payments (ties
 * by card number), the share of them with a theft that day; mean over the days. A card found on
 * one day is left out on later ones: it would have been blocked.
 */
export function cardPrecisionAt(k: number, payments: Iterable<CardPayment>): number {
  const days = new Map<number, Map<number, { score: number; isTheft: boolean }>>()
  for (const { day, card, score, isTheft } of payments) {
    const cards = days.get(day) ?? new Map<number, { score: number; isTheft: boolean }>()
    days.set(day, cards)
    const before = cards.get(card)
    cards.set(card, {
      score: Math.max(score, before?.score ?? Number.NEGATIVE_INFINITY),
      isTheft: isTheft || before?.isTheft === true,
    })
  }
  const found = new Set<number>()
  let sum = 0
  for (const [, cards] of Array.from(days).sort(([a], [b]) => a - b)) {
    const open = Array.from(cards).filter(([card]) => !found.has(card))
    open.sort(([a, x], [b, y]) => y.score - x.score || a - b)
    const hits = open.slice(0, k).filter(([, { isTheft }]) => isTheft)
    for (const [card] of hits) found.add(card)
    sum += hits.length / k
  }
  return sum / days.size
}
