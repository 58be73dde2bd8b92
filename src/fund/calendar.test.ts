import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import holidayData from 'chinese-days/dist/chinese-days.json' with { type: 'json' }
import { addDays, localInstant, weekdayOf } from '#kernel'
import { calendarHorizon, createDealingCalendar, dealingCalendar } from './calendar.ts'
import { CalendarHorizonError } from './calendar-horizon-error.ts'
import { exchangeClosures } from './exchange-closures.fixture.ts'

const horizonError = (error: unknown) =>
  error instanceof CalendarHorizonError && error.code === 'calendar_horizon'

describe('the dealing calendar', () => {
  test('closes on exactly the weekdays on which the exchange was closed, 2004 to 2024', () => {
    for (const [year, days] of Object.entries(exchangeClosures)) {
      const expected = days.split(' ').map((day) => `${year}-${day.slice(0, 2)}-${day.slice(2)}`)
      assert.deepEqual(closedWeekdays(year), expected, year)
    }
  })

  test('closes on the announced weekdays of 2025 and 2026', () => {
    const expected = [
      '2025-01-01',
      '2025-01-28',
      '2025-01-29',
      '2025-01-30',
      '2025-01-31',
      '2025-02-03',
      '2025-02-04',
      '2025-04-04',
      '2025-05-01',
      '2025-05-02',
      '2025-05-05',
      '2025-06-02',
      '2025-10-01',
      '2025-10-02',
      '2025-10-03',
      '2025-10-06',
      '2025-10-07',
      '2025-10-08',
    ]
    assert.deepEqual(closedWeekdays('2025'), expected)
    const next = [
      '2026-01-01',
      '2026-01-02',
      '2026-02-16',
      '2026-02-17',
      '2026-02-18',
      '2026-02-19',
      '2026-02-20',
      '2026-02-23',
      '2026-04-06',
      '2026-05-01',
      '2026-05-04',
      '2026-05-05',
      '2026-06-19',
      '2026-09-25',
      '2026-10-01',
      '2026-10-02',
      '2026-10-05',
      '2026-10-06',
      '2026-10-07',
    ]
    assert.deepEqual(closedWeekdays('2026'), next)
  })

  test('closes on Oct 1-7 2013 and does not deal on the make-up Saturday after it', () => {
    const table = {
      '2013-09-29': false,
      '2013-09-30': true,
      '2013-10-01': false,
      '2013-10-04': false,
      '2013-10-07': false,
      '2013-10-08': true,
      '2013-10-11': true,
      '2013-10-12': false,
      '2013-10-13': false,
      '2013-10-14': true,
    }
    for (const [date, dealing] of Object.entries(table)) {
      assert.equal(dealingCalendar.isDealingDay(date), dealing, date)
    }
    assert.equal(dealingCalendar.nextDealingDay('2013-09-30'), '2013-10-08')
    assert.equal(dealingCalendar.nextDealingDay('2013-10-11'), '2013-10-14')
  })

  test('never deals on a weekend, not even on a make-up working day', () => {
    const makeUpDays = Object.keys(holidayData.workdays)
    assert.ok(makeUpDays.length > 100)
    for (const date of makeUpDays) {
      assert.equal(dealingCalendar.isDealingDay(date), false, date)
    }
  })

  test('has holidays for every year of its horizon and for none beyond it', () => {
    const years = new Set(Object.keys(holidayData.holidays).map((date) => date.slice(0, 4)))
    const expected = Array.from({ length: 23 }, (_, index) => String(2004 + index))
    assert.deepEqual([...years].toSorted(), expected)
    assert.equal(calendarHorizon.first, `${expected[0]}-01-01`)
    assert.equal(calendarHorizon.last, `${expected.at(-1)}-12-31`)
  })

  test('refuses a day outside its horizon loudly, and one that it would have to guess', () => {
    assert.throws(() => dealingCalendar.isDealingDay('2003-12-31'), horizonError)
    assert.throws(() => dealingCalendar.isDealingDay('2027-01-01'), horizonError)
    assert.throws(() => dealingCalendar.nextDealingDay('2026-12-31'), horizonError)
    const lastCutOff = localInstant('2026-12-31', '15:00')
    assert.equal(dealingCalendar.dealingDayOf(lastCutOff - 1), '2026-12-31')
    assert.throws(() => dealingCalendar.dealingDayOf(lastCutOff), horizonError)
    assert.throws(() => dealingCalendar.confirmationDay('2026-12-31'), horizonError)
    assert.throws(
      () => createDealingCalendar([{ date: '2027-01-04', dealing: true, reason: 'beyond' }]),
      horizonError,
    )
  })

  test('refuses a date that does not exist', () => {
    assert.throws(() => dealingCalendar.isDealingDay('2013-02-30'), /real calendar day/)
  })

  test('lets the exchange overrule the public holidays', () => {
    const calendar = createDealingCalendar([
      { date: '2013-10-08', dealing: false, reason: 'storm' },
      { date: '2013-10-07', dealing: true, reason: 'test' },
    ])
    assert.equal(calendar.nextDealingDay('2013-09-30'), '2013-10-07')
    assert.equal(calendar.nextDealingDay('2013-10-07'), '2013-10-09')
    assert.equal(dealingCalendar.isDealingDay('2013-10-08'), true)
  })
})

describe('the cut-off', () => {
  test('is 15:00 local, to the millisecond', () => {
    const cutOff = localInstant('2013-10-10', '15:00')
    assert.equal(cutOff, Date.UTC(2013, 9, 10, 7))
    assert.equal(dealingCalendar.dealingDayOf(cutOff - 1), '2013-10-10')
    assert.equal(dealingCalendar.dealingDayOf(cutOff), '2013-10-11')
    assert.equal(dealingCalendar.dealingDayOf(cutOff + 1), '2013-10-11')
  })

  test('counts orders of closed days, early or late, for the next dealing day', () => {
    const table = [
      ['2013-10-11', '00:00', '2013-10-11'],
      ['2013-10-11', '15:00', '2013-10-14'],
      ['2013-10-12', '09:00', '2013-10-14'],
      ['2013-10-13', '23:59:59', '2013-10-14'],
      ['2013-09-30', '15:00', '2013-10-08'],
      ['2013-10-03', '10:00', '2013-10-08'],
      ['2018-02-14', '15:00', '2018-02-22'],
      ['2024-02-09', '10:00', '2024-02-19'],
    ] as const
    for (const [date, time, dealingDay] of table) {
      assert.equal(dealingCalendar.dealingDayOf(localInstant(date, time)), dealingDay, date)
    }
  })

  test('confirms on the next dealing day, and only orders of a dealing day', () => {
    assert.equal(dealingCalendar.confirmationDay('2013-09-30'), '2013-10-08')
    assert.equal(dealingCalendar.confirmationDay('2013-10-11'), '2013-10-14')
    assert.throws(() => dealingCalendar.confirmationDay('2013-10-12'), /not a dealing day/)
  })
})

function closedWeekdays(year: string): string[] {
  const closed: string[] = []
  for (let date = `${year}-01-01`; date <= `${year}-12-31`; date = addDays(date, 1)) {
    const weekday = weekdayOf(date)
    const isWeekday = weekday >= 1 && weekday <= 5
    if (isWeekday && !dealingCalendar.isDealingDay(date)) closed.push(date)
  }
  return closed
}
