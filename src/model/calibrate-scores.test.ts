import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createSeededRandom } from '#kernel'
import { calibrated, calibrateScores } from './calibrate-scores.ts'

test('the slope and offset that made the labels are found again', () => {
  const random = createSeededRandom(1)
  const margins = Float64Array.from({ length: 50_000 }, () => random.next() * 8 - 6)
  const labels = Uint8Array.from(margins, (margin) =>
    random.next() < calibrated(margin, { slope: 0.7, offset: -1 }) ? 1 : 0,
  )
  const { slope, offset } = calibrateScores(margins, labels)
  assert.ok(Math.abs(slope - 0.7) < 0.03, `${slope}`)
  assert.ok(Math.abs(offset + 1) < 0.05, `${offset}`)
})

test('with margins of two kinds the softened shares come out, by hand', () => {
  // Margin 1: 3 of 4 thefts, margin -1: 1 of 4. Targets 5/6 and 1/6.
  const margins = Float64Array.of(1, 1, 1, 1, -1, -1, -1, -1)
  const found = calibrateScores(margins, Uint8Array.of(1, 1, 1, 0, 1, 0, 0, 0))
  const high = (3 * (5 / 6) + 1 / 6) / 4
  assert.ok(Math.abs(calibrated(1, found) - high) < 1e-6)
  assert.ok(Math.abs(calibrated(-1, found) - (1 - high)) < 1e-6)
})

test('perfectly parted rows do not become certain', () => {
  const found = calibrateScores(Float64Array.of(-5, -5, -5, 5), Uint8Array.of(0, 0, 0, 1))
  assert.ok(calibrated(5, found) < 0.7)
  assert.ok(calibrated(-5, found) > 0.1)
})

test('rows of one kind, or margins that fall with thefts, are refused', () => {
  assert.throws(() => calibrateScores(Float64Array.of(1, 2), Uint8Array.of(0, 0)), /thefts/)
  const falling = [Float64Array.of(-1, -1, 1, 1), Uint8Array.of(1, 1, 0, 0)] as const
  assert.throws(() => calibrateScores(...falling), /do not rise/)
})
