import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { localInstant } from '#kernel'
import { CalendarHorizonError } from './calendar-horizon-error.ts'
import { redemptionEntitlement, subscriptionEntitlement } from './entitlement.ts'

/** Placed on, at; counts for, confirmed on; last day a redemption earns. */
const table = [
  // An ordinary Tuesday, and the millisecond-exact cut-off of the same day.
  ['2013-10-15', '10:00', '2013-10-15', '2013-10-16', '2013-10-15'],
  ['2013-10-15', '14:59:59.999', '2013-10-15', '2013-10-16', '2013-10-15'],
  ['2013-10-15', '15:00', '2013-10-16', '2013-10-17', '2013-10-16'],
  // Friday before the cut-off: nothing until Monday; a redemption earns through Sunday.
  ['2013-10-18', '14:00', '2013-10-18', '2013-10-21', '2013-10-20'],
  // Friday after it, and the weekend: all count for Monday.
  ['2013-10-18', '16:00', '2013-10-21', '2013-10-22', '2013-10-21'],
  ['2013-10-19', '09:00', '2013-10-21', '2013-10-22', '2013-10-21'],
  // The make-up Saturday of the theft is no dealing day.
  ['2013-10-12', '10:00', '2013-10-14', '2013-10-15', '2013-10-14'],
  // National Day: the last dealing day before it is confirmed after it.
  ['2013-09-30', '14:00', '2013-09-30', '2013-10-08', '2013-10-07'],
  ['2013-09-30', '15:00', '2013-10-08', '2013-10-09', '2013-10-08'],
  ['2013-10-03', '12:00', '2013-10-08', '2013-10-09', '2013-10-08'],
  // Spring Festival 2018, and New Year's Eve 2024 closed by the exchange alone.
  ['2018-02-14', '10:00', '2018-02-14', '2018-02-22', '2018-02-21'],
  ['2024-02-08', '10:00', '2024-02-08', '2024-02-19', '2024-02-18'],
] as const

describe('entitlement', () => {
  test('a subscription earns from its confirmation and shows its income the day after', () => {
    for (const [date, time, dealingDay, confirmationDay] of table) {
      const entitlement = subscriptionEntitlement(localInstant(date, time))
      const { incomeShownOn, ...rest } = entitlement
      assert.deepEqual(rest, { dealingDay, confirmationDay, earnsFrom: confirmationDay }, date)
      assert.ok(incomeShownOn > confirmationDay)
    }
    const friday = subscriptionEntitlement(localInstant('2013-10-18', '14:00'))
    assert.equal(friday.incomeShownOn, '2013-10-22')
    const month = subscriptionEntitlement(localInstant('2013-10-30', '14:00'))
    assert.equal(month.incomeShownOn, '2013-11-01')
  })

  test('a normal redemption earns through the eve of its confirmation', () => {
    for (const [date, time, dealingDay, confirmationDay, earnsThrough] of table) {
      const entitlement = redemptionEntitlement(localInstant(date, time))
      assert.deepEqual(entitlement, { dealingDay, confirmationDay, earnsThrough }, date)
    }
  })

  test('is not guessed beyond the calendar', () => {
    const at = localInstant('2026-12-31', '10:00')
    assert.throws(() => subscriptionEntitlement(at), CalendarHorizonError)
    assert.throws(() => redemptionEntitlement(at), CalendarHorizonError)
  })
})
