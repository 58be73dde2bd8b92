import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { dealingCalendar } from './calendar.ts'
import { redemptionEntitlement, subscriptionEntitlement } from './entitlement.ts'
import { publicHolidays } from './public-holidays.fixture.ts'

/*
 * A second calendar, from tables written by hand and with arithmetic of its own (UTC days only):
 * the fund's must agree with it for every day and every millisecond that is tried, in whatever time
 * zone this process runs (calendar-zones.test.ts starts it again in others).
 */
const dayMs = 86_400_000
const first = Date.UTC(2013, 0, 1)
const last = Date.UTC(2026, 11, 31)
const text = (utcDay: number): string => new Date(utcDay).toISOString().slice(0, 10)

const holidays = new Set(
  Object.entries(publicHolidays).flatMap(([year, ranges]) =>
    ranges.split(' ').flatMap((range) => {
      const [from = '', to = from] = range.split('-')
      const [start, end] = [from, to].map((of) => {
        return Date.UTC(Number(year), Number(of.slice(0, 2)) - 1, Number(of.slice(2)))
      }) as [number, number]
      return Array.from({ length: (end - start) / dayMs + 1 }, (_, day) =>
        text(start + day * dayMs),
      )
    }),
  ),
)

function deals(utcDay: number): boolean {
  const weekday = new Date(utcDay).getUTCDay()
  return weekday !== 0 && weekday !== 6 && !holidays.has(text(utcDay))
}

function nextDeal(utcDay: number): number {
  let day = utcDay + dayMs
  while (!deals(day)) day += dayMs
  return day
}

/** Midnight (as a UTC day) of the dealing day an order placed at an instant counts for. */
function dealOf(at: number): number {
  const local = at + 8 * 3_600_000
  const day = local - (local % dayMs)
  return deals(day) && local - day < 15 * 3_600_000 ? day : nextDeal(day)
}

/** Two dealing days must still follow within the tables. */
const instants = fc.integer({ min: first, max: Date.UTC(2026, 11, 24) })

describe('the calendar against tables written by hand', () => {
  test('deals on the same days, every day from 2013 to 2026', () => {
    for (let day = first; day <= last; day += dayMs) {
      assert.equal(dealingCalendar.isDealingDay(text(day)), deals(day), text(day))
    }
  })

  test('gives an order the same dealing day, confirmation and entitlement at any moment', () => {
    fc.assert(
      fc.property(instants, (at) => {
        const dealingDay = dealOf(at)
        const confirmed = nextDeal(dealingDay)
        assert.deepEqual(subscriptionEntitlement(at), {
          dealingDay: text(dealingDay),
          confirmationDay: text(confirmed),
          earnsFrom: text(confirmed),
          incomeShownOn: text(confirmed + dayMs),
        })
        const { earnsThrough } = redemptionEntitlement(at)
        assert.equal(earnsThrough, text(confirmed - dayMs))
      }),
      { numRuns: 2_000 },
    )
  })

  test('changes at 15:00:00.000 of every dealing day and at no other moment of it', () => {
    for (let day = first; day < Date.UTC(2026, 11, 24); day += dayMs) {
      const cutOff = day + 7 * 3_600_000
      const before = dealingCalendar.dealingDayOf(cutOff - 1)
      const after = dealingCalendar.dealingDayOf(cutOff)
      assert.equal(before, text(dealOf(cutOff - 1)))
      assert.equal(after, text(dealOf(cutOff)))
      assert.equal(before !== after, deals(day), text(day))
      assert.equal(dealingCalendar.dealingDayOf(cutOff + 9 * 3_600_000 - 1), after, 'to midnight')
    }
  })

  test('a holding moved out and in again loses the days between, and only those', () => {
    fc.assert(
      fc.property(instants, (at) => {
        const out = redemptionEntitlement(at)
        const back = subscriptionEntitlement(at)
        // Sold and bought at one moment: it earns through the eve and again from the day itself.
        assert.ok(out.earnsThrough < back.earnsFrom)
        assert.equal(Date.parse(back.earnsFrom) - Date.parse(out.earnsThrough), dayMs)
      }),
    )
  })
})
