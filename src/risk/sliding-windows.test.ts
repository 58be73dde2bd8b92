import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { day } from '#kernel'
import { addToHolder } from './add-to-holder.ts'
import { countAt, openHolder, readWindows, slotOf, sumAt, windowTotals } from './holder-profile.ts'
import { slidingWindows } from './sliding-windows.ts'

const windowsMs = [day, 7 * day, 30 * day]

test('a payment enters a delay after it happened and leaves a window later, to the ms', () => {
  const windows = slidingWindows({ delayMs: 100, windowsMs: [10, 50] })()
  const out = new Float32Array(4)
  const at = (now: number) => {
    windows.read(now, out, 0)
    return [...out]
  }
  windows.add(1_000, 1)
  windows.add(1_005, 0)
  assert.deepEqual(at(1_099), [0, 0, 0, 0])
  assert.deepEqual(at(1_100), [1, 1, 1, 1])
  assert.deepEqual(at(1_105), [2, 0.5, 2, 0.5])
  assert.deepEqual(at(1_109), [2, 0.5, 2, 0.5])
  assert.deepEqual(at(1_110), [1, 0, 2, 0.5])
  assert.deepEqual(at(1_149), [0, 0, 2, 0.5])
  assert.deepEqual(at(1_150), [0, 0, 1, 0])
  assert.deepEqual(at(1_155), [0, 0, 0, 0])
})

const steps = fc.array(
  fc.record({
    wait: fc.integer({ min: 0, max: 3 * day }),
    value: fc.integer({ min: 0, max: 10_000_000 }),
  }),
  { maxLength: 200 },
)

test('windows equal a naive recount, whatever the rhythm', () => {
  fc.assert(
    fc.property(steps, fc.constantFrom(0, 7 * day), (list, delayMs) => {
      const windows = slidingWindows({ delayMs, windowsMs })()
      const out = new Float32Array(6)
      const all: { at: number; value: number }[] = []
      let now = 0
      for (const { wait, value } of list) {
        now += wait
        windows.add(now, value)
        windows.read(now, out, 0)
        all.push({ at: now, value })
        const expected = windowsMs.flatMap((length) => {
          const end = now - delayMs
          const inside = all.filter(({ at }) => at > end - length && at <= end)
          const sum = inside.reduce((total, item) => total + item.value, 0)
          return [inside.length, inside.length === 0 ? 0 : Math.fround(sum / inside.length)]
        })
        assert.deepEqual([...out], expected)
      }
    }),
    { numRuns: 50 },
  )
})

test('without a delay they say what the windows of a profile say', () => {
  fc.assert(
    fc.property(steps, (list) => {
      const windows = slidingWindows({ delayMs: 0, windowsMs })()
      const out = new Float32Array(6)
      const totals = windowTotals()
      let profile: Uint8Array | null = null
      let at = 1_500_000_000_000
      for (const { wait, value: amount } of list) {
        at += wait
        windows.add(at, amount)
        windows.read(at, out, 0)
        const paid = { kind: 'paid', at, amount, party: 0, device: 0, network: 0 } as const
        profile = addToHolder(profile, paid)
        readWindows(openHolder(profile), at, totals)
        for (const window of [1, 2, 3] as const) {
          const slot = slotOf('paid', window)
          const count = countAt(totals, slot)
          assert.equal(out[window * 2 - 2], count)
          assert.equal(out[window * 2 - 1], Math.fround(sumAt(totals, slot) / count))
        }
      }
    }),
    { numRuns: 30 },
  )
})

test('time that falls is refused', () => {
  const windows = slidingWindows({ delayMs: 0, windowsMs })()
  windows.add(1_000, 1)
  assert.throws(() => windows.add(999, 1), /only go forward/)
})
