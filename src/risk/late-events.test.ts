import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { day, hour, InvariantError, minute, type Instant } from '#kernel'
import { addToHolder, type HolderEvent } from './add-to-holder.ts'
import {
  countAt,
  findPayee,
  findPayer,
  flowSince,
  lastActive,
  lifetimePaid,
  networkFirstSeen,
  openHolder,
  readWindows,
  slotOf,
  sumAt,
  tooLateEvents,
  windows,
  windowTotals,
} from './holder-profile.ts'
import { hashOf, header, layoutVersion } from './profile-layout.ts'

const start = Date.parse('2013-06-13T00:00:00Z')
const windowIndexes = [0, 1, 2, 3] as const

interface Paid extends HolderEvent {
  readonly kind: 'paid'
}

/** Payments in the order in which they are told, each up to so many ms late. */
function told(length: { min: number; max: number }, lateness: number, gap: number) {
  const one = fc.record({
    gap: fc.integer({ min: 0, max: gap }),
    late: fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, fc.integer({ min: 0, max: lateness })),
    amount: fc.integer({ min: 1, max: 100_000 }),
    party: fc.integer({ min: 1, max: 40 }),
  })
  return fc.array(one, { minLength: length.min, maxLength: length.max }).map((list) => {
    let clock = start
    return list.map(({ gap: step, late, amount, party }): Paid => {
      clock += step
      return { kind: 'paid', at: clock - late, amount, party, device: 1, network: 1 }
    })
  })
}

function profileOf(events: readonly Paid[]): Uint8Array {
  let bytes: Uint8Array | null = null
  for (const event of events) bytes = addToHolder(bytes, event)
  assert(bytes !== null)
  return bytes
}

/** Those that were not too late when they were told, seen from the newest one then. */
function inTime(events: readonly Paid[]): Paid[] {
  let latest = Number.NEGATIVE_INFINITY
  return events.filter(({ at }) => {
    latest = Math.max(latest, at)
    return at > latest - 30 * day
  })
}

function recount(events: readonly Paid[], now: Instant, length: number) {
  const inside = events.filter(({ at }) => at > now - length && at <= now)
  return { count: inside.length, sum: inside.reduce((total, { amount }) => total + amount, 0) }
}

function read(bytes: Uint8Array, now: Instant) {
  const totals = windowTotals()
  readWindows(openHolder(bytes), now, totals)
  return windowIndexes.map((window) => {
    const slot = slotOf('paid', window)
    return { count: countAt(totals, slot), sum: sumAt(totals, slot) }
  })
}

test('up to 256 events told in any order are counted exactly, too late ones told', () => {
  fc.assert(
    fc.property(told({ min: 1, max: 200 }, 40 * day, 12 * hour), (events) => {
      const bytes = profileOf(events)
      const now = Math.max(...events.map(({ at }) => at))
      const counted = inTime(events)
      assert.deepEqual(
        read(bytes, now),
        windows.map((length) => recount(counted, now, length)),
      )
      const holder = openHolder(bytes)
      assert.equal(tooLateEvents(holder), Math.min(255, events.length - counted.length))
      assert.equal(lifetimePaid(holder).count, events.length)
      assert.equal(lastActive(holder), now)
      const flow = flowSince(holder, now - day)
      assert.equal(flow.out, recount(counted, now, day).sum)
      for (const { party } of events) {
        const own = events.filter((event) => event.party === party).map(({ at }) => at)
        const known = findPayee(holder, party)
        assert.equal(known?.first, Math.min(...own))
        assert.equal(known?.last, Math.max(...own))
      }
    }),
    { numRuns: 60 },
  )
})

test('among more than 256 a late event lands in its tile: never too few, one tile too many', () => {
  fc.assert(
    fc.property(told({ min: 300, max: 600 }, 5 * day, 30 * minute), (events) => {
      const bytes = profileOf(events)
      const now = Math.max(...events.map(({ at }) => at))
      const found = read(bytes, now)
      const counted = inTime(events)
      for (const window of windowIndexes) {
        const length = windows[window]
        const { count } = found[window] ?? assert.fail()
        assert(count >= recount(counted, now, length).count)
        assert(count <= recount(counted, now, length + (window < 2 ? hour : day)).count)
      }
    }),
    { numRuns: 20 },
  )
})

/** Two days of a customer as the program wrote them before layout 2: kept as they were stored. */
const storedInLayout1 = Buffer.from(
  '010000ecd43a3f0100399405000101010200000400020000000c3000000000000000000000000000000000' +
    '00000000000000000000000200000000bbe4f4d300dd6d000000399405000200c832000000000b2b7f9980' +
    'cba4000080cba4000001009411000000005389eacd0000000000003994050043a4e6af000000000000dd6d' +
    '00009ee3bf910039940500003994050000000000000420a10700000000dd6d0000000c300000000080cba4' +
    '000001941100000000003994050000bc0200000000',
  'hex',
)

test('a profile stored in the layout before this one reads as it did, and grows on', () => {
  assert.equal(storedInLayout1[header.version], layoutVersion - 1)
  const holder = openHolder(storedInLayout1)
  assert.equal(holder.base, start)
  assert.equal(lastActive(holder), start + 26 * hour)
  assert.deepEqual(lifetimePaid(holder), { count: 2, max: 12_300 })
  assert.deepEqual(findPayee(holder, hashOf('cus_shop')), {
    first: start + 2 * hour,
    last: start + 26 * hour,
    count: 2,
    total: 13_000,
  })
  assert.equal(findPayer(holder, hashOf('cus_friend'))?.total, 4_500)
  assert.equal(networkFirstSeen(holder, hashOf('198.51.100')), start + 26 * hour)
  assert.deepEqual(read(storedInLayout1, start + 26 * hour)[2], { count: 2, sum: 13_000 })
  const event = { kind: 'paid', amount: 100, party: 5, device: 0, network: 0 } as const
  const grown = addToHolder(storedInLayout1, { ...event, at: start + 27 * hour })
  assert.equal(grown[header.version], layoutVersion)
  assert.deepEqual(read(grown, start + 27 * hour)[2], { count: 3, sum: 13_100 })
})

test('a profile of a layout this program does not know is not guessed at', () => {
  for (const version of [0, layoutVersion + 1, 255]) {
    const bytes = Uint8Array.from(storedInLayout1)
    bytes[header.version] = version
    assert.throws(() => openHolder(bytes), InvariantError)
    const event = { kind: 'paid', at: start, amount: 1, party: 1, device: 0, network: 0 } as const
    assert.throws(() => addToHolder(bytes, event), InvariantError)
  }
})
