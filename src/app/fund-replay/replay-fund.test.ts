import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { addDays, localInstant } from '#kernel'
import { createReplayCheck } from './check-replay.ts'
import { createFundRegister } from './fund-register.ts'
import { kindOfDay } from './plan-orders.ts'
import { createReplayBooks } from './replay-books.ts'
import { replayFund } from './replay-fund.ts'

const quiet = (): void => undefined

/** The same figure for every day from the first on. */
function figures(from: string, days: number, per10k = 13_500n) {
  return new Map(Array.from({ length: days }, (_, day) => [addDays(from, day), per10k]))
}

describe('a replay of the fund', () => {
  it('keeps the invariants through the National Day week of 2013', async () => {
    const wish = { from: '2013-09-16', to: '2013-10-20', holders: 60, seed: 7 }
    const replayed = await replayFund({ ...wish, figures: figures(wish.from, 35) }, quiet)
    assert.equal(replayed.days, 35)
    for (const { id, ok, checked, broken } of replayed.invariants) {
      assert.deepEqual(broken, [], id)
      assert.ok(ok && checked >= 35, `${id} was checked ${checked} times`)
    }
    const { orders } = replayed
    assert.ok(orders.onWorkingDays > 0 && orders.onWeekends > 0 && orders.onHolidays > 0)
    assert.equal(orders.total, orders.onWorkingDays + orders.onWeekends + orders.onHolidays)
    assert.ok(orders.cancelled > 0)
    assert.ok(replayed.incomePaid > 0n && replayed.units > 0n)
    const again = await replayFund({ ...wish, figures: figures(wish.from, 35) }, quiet)
    assert.deepEqual(again, replayed, 'a seed reproduces a run')
  })

  it('books days of loss and days without income', async () => {
    const days = figures('2013-07-01', 40)
    days.set('2013-07-30', -90_000n).set('2013-07-31', 0n)
    const wish = { from: '2013-07-01', to: '2013-08-09', holders: 30, seed: 3, figures: days }
    const { invariants } = await replayFund(wish, quiet)
    assert.deepEqual(
      invariants.filter(({ ok }) => !ok),
      [],
    )
  })

  it('follows the rules of its year: at most 20,000 a day from December 2017', async () => {
    const wish = { from: '2017-12-08', to: '2017-12-31', holders: 40, seed: 5 }
    const { orders } = await replayFund({ ...wish, figures: figures(wish.from, 24) }, quiet)
    assert.ok((orders.refused['daily_subscription_exceeded'] ?? 0) > 0, JSON.stringify(orders))
  })

  it('finds what is planted: a register that differs, a late order, income astray', async () => {
    const books = await createReplayBooks(localInstant('2013-07-01', '00:00'), ['cus_000001'])
    const register = { ...createFundRegister(new Map()), units: () => 1n }
    const check = createReplayCheck(books, register)
    const late = { id: 'ord_1', state: 'advanced', amount: 1n } as const
    const order = { ...late, kind: 'fast_redemption', customerId: 'cus_000001' } as const
    const dates = { placedAt: 0, dealingDay: '2013-07-01', confirmationDay: '2013-07-02' }
    const part = { confirmedAmount: null, deferredAmount: 0n, lossAmount: 0n }
    const parts = { ...part, deferredFrom: null }
    const ended = {
      ...parts,
      paymentId: null,
      decisionId: null,
      expiresAt: null,
      confirmedAt: null,
    }
    await check.afterEvent('x', [{ ...order, ...dates, ...ended, endedAt: null }], () => true)
    check.afterIncome('2013-07-01', 5n, 5n)
    assert.deepEqual(
      check.result().map(({ id, ok }) => [id, ok]),
      [
        ['I4', false],
        ['I5', false],
        ['I6', false],
        ['I7', false],
      ],
    )
  })

  it('tells weekends from holidays, make-up Saturdays among the weekends', () => {
    assert.equal(kindOfDay('2013-10-04'), 'holiday')
    assert.equal(kindOfDay('2013-10-05'), 'weekend')
    assert.equal(kindOfDay('2013-10-12'), 'weekend')
    assert.equal(kindOfDay('2013-10-08'), 'workingDay')
  })
})
