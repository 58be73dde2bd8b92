import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  areaUnderRoc,
  averagePrecision,
  cardPrecisionAt,
  recallAtFalsePositiveRate,
} from './ranking-metrics.ts'

const ranked = (scores: number[], labels: number[]) => ({
  scores: Float64Array.from(scores),
  labels: Uint8Array.from(labels),
})

function close(actual: number, expected: number): void {
  assert.ok(Math.abs(actual - expected) < 1e-12, `${actual} is not ${expected}`)
}

test('area under ROC: the share of pairs in the right order, ties half', () => {
  // Thefts .9 and .4; honest .8, .3, .1: 5 of 6 pairs are right.
  close(areaUnderRoc(ranked([0.9, 0.8, 0.4, 0.3, 0.1], [1, 0, 1, 0, 0])), 5 / 6)
  close(areaUnderRoc(ranked([0.5, 0.5, 0.5], [1, 0, 0])), 0.5)
  close(areaUnderRoc(ranked([0.1, 0.9], [1, 0])), 0)
  assert.ok(Number.isNaN(areaUnderRoc(ranked([0.1, 0.9], [0, 0]))))
})

test('average precision: precision at each theft found, equal scores found together', () => {
  close(averagePrecision(ranked([0.9, 0.8, 0.4, 0.3, 0.1], [1, 0, 1, 0, 0])), (1 + 2 / 3) / 2)
  // scikit-learn's own example: 0.8333.
  close(averagePrecision(ranked([0.1, 0.4, 0.35, 0.8], [0, 0, 1, 1])), 0.5 + (0.5 * 2) / 3)
  close(averagePrecision(ranked([0.5, 0.5, 0.5, 0.5], [1, 0, 0, 0])), 0.25)
  assert.ok(Number.isNaN(averagePrecision(ranked([0.1], [0]))))
})

test('recall at a rate of false positives: never more honest rows than the rate allows', () => {
  const four = ranked([0.9, 0.8, 0.7, 0.6, 0.5, 0.4], [1, 0, 1, 0, 1, 0])
  close(recallAtFalsePositiveRate(four, 0), 1 / 3)
  close(recallAtFalsePositiveRate(four, 0.33), 1 / 3)
  close(recallAtFalsePositiveRate(four, 1 / 3), 2 / 3)
  close(recallAtFalsePositiveRate(four, 1), 1)
  close(recallAtFalsePositiveRate(ranked([0.5, 0.5], [1, 0]), 0.5), 0)
})

test('card precision: best score of a card and day, found cards left out, ties by card', () => {
  type Case = readonly [day: number, card: number, score: number, isTheft?: boolean]
  const payment = (...[day, card, score, isTheft = false]: Case) => ({ day, card, score, isTheft })
  // Day 1, k 2: cards 7 (theft on another of its payments) and 3 (tie with 4): 1 of 2.
  // Day 2: 7 is left out; 4 (theft) and 5: 1 of 2. Day 3: 4 is left out too, only 5: 0 of 2.
  const payments = [
    payment(1, 7, 0.9),
    payment(1, 7, 0.1, true),
    payment(1, 4, 0.5, true),
    payment(1, 3, 0.5),
    payment(2, 7, 0.9, true),
    payment(2, 5, 0.2),
    payment(2, 4, 0.8, true),
    payment(2, 9, 0.1),
    payment(3, 4, 0.9, true),
    payment(3, 5, 0.1),
  ]
  close(cardPrecisionAt(2, payments), (0.5 + 0.5 + 0) / 3)
})
