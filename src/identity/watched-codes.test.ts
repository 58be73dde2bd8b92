import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { minute, second, type Instant } from '#kernel'
import {
  concludeFrom,
  seenGraceMs,
  usedGraceMs,
  watchMs,
  withDelivered,
  withSent,
  withUsed,
  type PhoneReport,
  type WatchedCode,
} from './watched-codes.ts'

const sentAt = 1_000_000_000

const time = fc.integer({ min: -30, max: 1_600 }).map((minutes) => sentAt + minutes * minute)
const anyCode: fc.Arbitrary<WatchedCode> = fc.record({
  reference: fc.constantFrom('a', 'b', 'c', 'd'),
  digest: fc.constantFrom('1', '2', '3', '4'),
  sentAt: time,
  deliveredAt: fc.option(time),
  usedAt: fc.option(time),
  verdict: fc.constant('open' as const),
})
const anyReport: fc.Arbitrary<PhoneReport> = fc.record({
  at: time,
  completeSince: time,
  receivingSince: fc.option(time),
  holdsSim: fc.boolean(),
  seen: fc.subarray(['1', '2', '3', '4']).map((seen) => new Set(seen)),
})
const anyCodes = fc.array(anyCode, { maxLength: 6 })

const code: WatchedCode = {
  reference: 'r',
  digest: 'd',
  sentAt,
  deliveredAt: sentAt + second,
  usedAt: null,
  verdict: 'open',
}

function report(changes: Partial<PhoneReport> = {}): PhoneReport {
  return {
    at: sentAt + 10 * minute,
    completeSince: sentAt - minute,
    receivingSince: sentAt - minute,
    holdsSim: true,
    seen: new Set(),
    ...changes,
  }
}

function verdictOf(changes: Partial<WatchedCode>, said: Partial<PhoneReport> = {}): string {
  return concludeFrom([{ ...code, ...changes }], report(said)).codes[0]?.verdict ?? ''
}

test('delivered to a phone that was there and not seen is unseen, after its grace', () => {
  assert.equal(verdictOf({}), 'unseen')
  assert.equal(verdictOf({}, { at: sentAt + second + seenGraceMs - 1 }), 'open')
  assert.equal(verdictOf({}, { at: sentAt + second + seenGraceMs }), 'unseen')
})

test('used while the phone with the SIM never had it is stolen, after its grace', () => {
  const usedAt = sentAt + minute
  const deaf = { receivingSince: null }
  assert.equal(verdictOf({ usedAt, deliveredAt: null }, deaf), 'stolen')
  const early = { ...deaf, at: usedAt + usedGraceMs - 1 }
  assert.equal(verdictOf({ usedAt, deliveredAt: null }, early), 'open')
})

test('a phone that was off, away, without the SIM, or forgetful proves nothing', () => {
  assert.equal(verdictOf({}, { receivingSince: null }), 'open')
  assert.equal(verdictOf({}, { receivingSince: sentAt + 1 }), 'open')
  assert.equal(verdictOf({ usedAt: sentAt + minute }, { holdsSim: false }), 'open')
  assert.equal(verdictOf({}, { completeSince: sentAt + 1 }), 'open')
  assert.equal(verdictOf({ deliveredAt: null }), 'open')
  assert.equal(verdictOf({}, { at: sentAt + watchMs }), 'open')
})

test('what the phone has seen is never held against anybody, whatever else is true', () => {
  fc.assert(
    fc.property(anyCodes, anyReport, (codes, said) => {
      const seen = new Set(codes.map(({ digest }) => digest))
      assert.equal(concludeFrom(codes, { ...said, seen }).raised, false)
    }),
  )
})

test('a phone that could not receive and codes nobody used never raise', () => {
  fc.assert(
    fc.property(anyCodes, anyReport, (codes, said) => {
      const unused = codes.map((one) => ({ ...one, usedAt: null }))
      assert.equal(concludeFrom(unused, { ...said, receivingSince: null }).raised, false)
    }),
  )
})

test('it is raised exactly when one of the two sentences of the design is true', () => {
  fc.assert(
    fc.property(anyCodes, anyReport, (codes, said) => {
      const expected = codes.some((one) => {
        const fits = said.holdsSim && said.completeSince <= one.sentAt
        const watched = said.at - one.sentAt < watchMs && !said.seen.has(one.digest)
        const late = (from: Instant | null, ms: number) => from !== null && said.at >= from + ms
        const there = said.receivingSince !== null && said.receivingSince <= one.sentAt
        const missing = late(one.deliveredAt, seenGraceMs) && there
        return fits && watched && (missing || late(one.usedAt, usedGraceMs))
      })
      assert.equal(concludeFrom(codes, said).raised, expected)
    }),
  )
})

test('the same report twice raises once, and no verdict is ever taken back', () => {
  fc.assert(
    fc.property(anyCodes, anyReport, anyReport, (codes, first, second) => {
      const once = concludeFrom(codes, first)
      assert.equal(concludeFrom(once.codes, first).raised, false)
      const twice = concludeFrom(once.codes, second)
      for (const [index, { verdict }] of once.codes.entries()) {
        if (verdict !== 'open') assert.equal(twice.codes[index]?.verdict, verdict)
      }
    }),
  )
})

test('what is heard of delivery and use counts once, in whatever order', () => {
  const delivered = new Map([['r', sentAt + second]])
  const used = { sentAt, usedAt: sentAt + minute }
  const [fresh] = withSent([], { reference: 'r', digest: 'd', sentAt })
  assert.ok(fresh !== undefined)
  const one = withUsed(withDelivered([fresh], delivered), used)
  assert.deepEqual(withDelivered(withUsed([fresh], used), delivered), one)
  assert.deepEqual(withDelivered(one, new Map([['r', sentAt + minute]])), one)
  assert.deepEqual(withUsed(one, { sentAt, usedAt: null }), one)
})

test('ten codes are watched at most, and none for longer than a day', () => {
  let codes: WatchedCode[] = []
  for (let sent = 0; sent < 30; sent += 1) {
    const at = sentAt + sent * 12 * minute
    codes = withSent(codes, { reference: `r${sent}`, digest: `d${sent}`, sentAt: at })
  }
  assert.equal(codes.length, 10)
  const later = { reference: 'new', digest: 'new', sentAt: sentAt + 3 * watchMs }
  assert.equal(withSent(codes, later).length, 1)
})
