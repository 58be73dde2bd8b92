import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { day, hour, minute, type Instant } from '#kernel'
import { addToHolder, type HolderEvent } from './add-to-holder.ts'
import {
  countAt,
  distinctIn,
  dormantDays,
  findPayee,
  flowSince,
  lifetimePaid,
  maxAt,
  nearAmount,
  newParties,
  openHolder,
  otherPlaces,
  readWindows,
  slotOf,
  sumAt,
  windows,
  windowTotals,
} from './holder-profile.ts'
import { eventKinds, limits } from './profile-layout.ts'

const start = Date.parse('2013-06-13T00:00:00Z')
const windowIndexes = [0, 1, 2, 3] as const

interface Seen extends HolderEvent {
  readonly kind: (typeof eventKinds)[number]
}

function stream(length: { min: number; max: number }, gaps: fc.Arbitrary<number>) {
  const one = fc.record({
    kind: fc.constantFrom(...eventKinds),
    gap: gaps,
    amount: fc.oneof(fc.integer({ min: 1, max: 5_000_000 }), fc.constant(2_000_000)),
    party: fc.integer({ min: 1, max: 90 }),
    device: fc.integer({ min: 0, max: 3 }),
    network: fc.integer({ min: 0, max: 80 }),
  })
  return fc.array(one, { minLength: length.min, maxLength: length.max }).map((list) => {
    let at = start
    return list.map(({ gap, ...event }): Seen => ({ ...event, at: (at += gap) }))
  })
}

function profileOf(events: readonly Seen[]): Uint8Array {
  let bytes: Uint8Array | null = null
  for (const event of events) bytes = addToHolder(bytes, event)
  assert(bytes !== null)
  return bytes
}

/** The naive recount: every event of a kind in (now - length, now]. */
function recount(events: readonly Seen[], wish: { kind: string; now: Instant; length: number }) {
  const { kind, now, length } = wish
  const inside = events.filter((event) => event.kind === kind && event.at > now - length)
  return {
    count: inside.length,
    sum: inside.reduce((sum, { amount }) => sum + amount, 0),
    max: Math.max(0, ...inside.map(({ amount }) => amount)),
  }
}

const short = fc.oneof(fc.integer({ min: 0, max: 3 * hour }), fc.integer({ min: 0, max: 4 * day }))

test('windows equal a naive recount to the millisecond while there are at most 256 events', () => {
  fc.assert(
    fc.property(stream({ min: 1, max: 200 }, short), short, (events, wait) => {
      const holder = openHolder(profileOf(events))
      const now = (events.at(-1)?.at ?? start) + wait
      const totals = windowTotals()
      readWindows(holder, now, totals)
      for (const kind of eventKinds) {
        for (const index of windowIndexes) {
          const slot = slotOf(kind, index)
          const got = { count: countAt(totals, slot), sum: sumAt(totals, slot) }
          const { max, ...expected } = recount(events, { kind, now, length: windows[index] })
          assert.deepEqual(got, expected)
          assert.equal(maxAt(totals, slot), max)
        }
      }
    }),
    { numRuns: 60 },
  )
})

test('above 256 events windows never say too little and err by at most one tile', () => {
  const gaps = fc.integer({ min: 0, max: 2 * hour })
  fc.assert(
    fc.property(stream({ min: 300, max: 700 }, gaps), short, (events, wait) => {
      const holder = openHolder(profileOf(events))
      const now = (events.at(-1)?.at ?? start) + wait
      const totals = windowTotals()
      readWindows(holder, now, totals)
      for (const kind of eventKinds) {
        for (const index of windowIndexes) {
          const slot = slotOf(kind, index)
          const length = windows[index]
          const least = recount(events, { kind, now, length })
          const tile = length <= day ? hour : day
          const most = recount(events, { kind, now, length: length + tile })
          assert(countAt(totals, slot) >= least.count && countAt(totals, slot) <= most.count)
          assert(sumAt(totals, slot) >= least.sum && sumAt(totals, slot) <= most.sum)
          assert(maxAt(totals, slot) >= least.max && maxAt(totals, slot) <= most.max)
        }
      }
      const sum = (kind: (typeof eventKinds)[number]) => sumAt(totals, slotOf(kind, 1))
      const flow = flowSince(holder, now - day)
      assert.deepEqual(flow, { in: sum('received'), out: sum('paid') + sum('withdrawn') })
    }),
    { numRuns: 15 },
  )
})

test('distinct counterparties, devices and networks are exact up to 64 and stop there', () => {
  fc.assert(
    fc.property(stream({ min: 1, max: 400 }, fc.integer({ min: 0, max: 9 * hour })), (events) => {
      const holder = openHolder(profileOf(events))
      const now = events.at(-1)?.at ?? start
      for (const length of windows) {
        const inside = events.filter(({ at }) => at > now - length)
        const different = (list: readonly number[]) =>
          Math.min(64, new Set(list.filter((hash) => hash !== 0)).size)
        const of = (kind: string) => inside.filter((event) => event.kind === kind)
        const parties = (kind: string) => different(of(kind).map(({ party }) => party))
        const since = now - length
        assert.equal(distinctIn(holder, 'payees', since), parties('paid'))
        assert.equal(distinctIn(holder, 'payers', since), parties('received'))
        assert.equal(distinctIn(holder, 'devices', since), different(inside.map((e) => e.device)))
        assert.equal(distinctIn(holder, 'networks', since), different(inside.map((e) => e.network)))
        const others = otherPlaces(holder, 'devices', { since, present: 1 })
        assert.equal(others, different(inside.map((e) => (e.device === 1 ? 0 : e.device))))
      }
    }),
    { numRuns: 40 },
  )
})

test('what went to payees first paid within a day equals a naive recount', () => {
  fc.assert(
    fc.property(stream({ min: 1, max: 250 }, short), (events) => {
      const holder = openHolder(profileOf(events))
      const now = events.at(-1)?.at ?? start
      const paid = events.filter(({ kind }) => kind === 'paid')
      const firsts = new Map<number, Instant>()
      for (const { party, at } of paid) if (!firsts.has(party)) firsts.set(party, at)
      const fresh = [...firsts].filter(([, first]) => first > now - day).map(([party]) => party)
      const sum = paid
        .filter(({ party }) => fresh.includes(party))
        .reduce((total, { amount }) => total + amount, 0)
      assert.deepEqual(newParties(holder, 'payees', now - day), { count: fresh.length, sum })
      assert.equal(lifetimePaid(holder).count, paid.length)
      assert.equal(lifetimePaid(holder).max, Math.max(0, ...paid.map(({ amount }) => amount)))
    }),
    { numRuns: 40 },
  )
})

const quiet = { device: 0, network: 0 }

test('a flood of new payees never makes the sum to new payees forget the first of them', () => {
  let bytes: Uint8Array | null = null
  const pieces = limits.payees + 100
  for (let i = 1; i <= pieces; i += 1) {
    const at = start + i * minute
    bytes = addToHolder(bytes, { kind: 'paid', at, amount: 1_000, party: i, ...quiet })
  }
  assert(bytes !== null)
  const now = start + pieces * minute
  const flood = newParties(openHolder(bytes), 'payees', now - day)
  assert.deepEqual(flood, { count: pieces, sum: pieces * 1_000 })
  const later = newParties(openHolder(bytes), 'payees', now + 2 * day - day)
  assert.deepEqual(later, { count: 0, sum: 0 })
})

test('adding leaves the old bytes as they were', () => {
  const seen = { amount: 1_000, party: 5, device: 1, network: 2 }
  const before = addToHolder(null, { kind: 'paid', at: start, ...seen })
  const copy = Uint8Array.from(before)
  addToHolder(before, { kind: 'paid', at: start + hour, ...seen, party: 6 })
  assert.deepEqual(before, copy)
})

test('an ordinary month fits into a few hundred bytes', () => {
  let bytes: Uint8Array | null = null
  for (let i = 0; i < 8; i += 1) {
    const at = start + i * 3 * day
    const event = { kind: 'paid', at, amount: 3_500, party: 1 + (i % 3), device: 1, network: 1 }
    bytes = addToHolder(bytes, event as HolderEvent)
  }
  assert(bytes !== null && bytes.length <= 256, `${bytes?.length} bytes`)
})

test('a payee stays known for years', () => {
  const rent = { amount: 500_000, party: 9, ...quiet }
  let bytes = addToHolder(null, { kind: 'paid', at: start, ...rent })
  bytes = addToHolder(bytes, { kind: 'paid', at: start + 700 * day, ...rent })
  const known = findPayee(openHolder(bytes), 9)
  assert.deepEqual(known, { first: start, last: start + 700 * day, count: 2, total: 1_000_000 })
})

test('sleep is remembered for a week after waking, and money coming in does not wake', () => {
  let bytes = addToHolder(null, { kind: 'paid', at: start, amount: 100, party: 1, ...quiet })
  const woken = start + 200 * day
  const income = { kind: 'received', at: start + 100 * day, amount: 1, party: 2 } as const
  bytes = addToHolder(bytes, { ...income, ...quiet })
  assert.equal(dormantDays(openHolder(bytes), woken), 200)
  bytes = addToHolder(bytes, { kind: null, at: woken, amount: 0, party: 0, device: 1, network: 1 })
  assert.equal(dormantDays(openHolder(bytes), woken + hour), 200)
  assert.equal(dormantDays(openHolder(bytes), woken + 8 * day), 8)
})

test('nearly equal payments and attempts of a day are counted, others are not', () => {
  let bytes: Uint8Array | null = null
  const list = [
    ['paid', 2_000_000],
    ['attempted', 1_950_000],
    ['paid', 1_000_000],
    ['received', 2_000_000],
  ] as const
  for (const [index, [kind, amount]] of list.entries()) {
    bytes = addToHolder(bytes, { kind, at: start + index * hour, amount, party: 1, ...quiet })
  }
  assert(bytes !== null)
  const near = nearAmount(openHolder(bytes), start - 1, { amount: 2_000_000, percent: 5 })
  assert.deepEqual(near, { count: 2, sum: 3_950_000 })
})
