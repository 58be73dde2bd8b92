import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { addDays } from '#kernel'
import { exemptFundEntryKinds, fundDayOn, fundPosition, incomesOf, publishedDays } from '#fund'
import { testDatabase } from '#test-support'
import { createCloseDealingDay } from './close-dealing-day.ts'
import { createConfirmFundOrders } from './confirm-fund-orders.ts'
import type { Actor } from './context.ts'
import { createCreditIncome } from './credit-income.ts'
import { createPayRedemptions } from './pay-redemptions.ts'
import type { RedeemAnswer } from './redeem.ts'
import { codeOf } from './identity-stage.fixture.ts'
import { createFundStage, valueOf, type FundStage } from './fund-stage.fixture.ts'

const fast = 1_234_57n

/** A week's income in fen: a day without any, and one on which the fund lost money. */
const week = [
  ['2026-03-04', 1_237n],
  ['2026-03-05', 1_501n],
  ['2026-03-06', 0n],
  ['2026-03-07', 998n],
  ['2026-03-08', -17n],
  ['2026-03-09', 1_001n],
  ['2026-03-10', 3n],
] as const

describe('a week of fund income', () => {
  let stage: FundStage
  let people: Actor[]
  before(async () => {
    stage = await createFundStage(await testDatabase())
    people = []
    for (let index = 0; index < 7; index += 1) {
      people.push(await stage.customer(`+861390000000${index}`, 30_000_00n))
    }
    for (const [date, income] of week) await stage.simulators.fundManager.planDay(date, { income })
  })
  after(() => stage.close())
  const rows = async (table: string) => {
    const [row] = await stage.sql<{ n: bigint }[]>`select count(*) as n from ${stage.sql(table)}`
    return row?.n ?? -1n
  }

  const units = async () => {
    const holdings = await Promise.all(people.map((person) => stage.holding(person)))
    return holdings.map(({ available, held, redeeming }) => available + held + redeeming)
  }
  const sum = (values: readonly bigint[]) => values.reduce((total, value) => total + value, 0n)

  it('starts with odd holdings, confirmed together', async () => {
    await stage.goTo('2026-03-03', '10:00')
    for (const [index, person] of people.entries()) {
      valueOf(await stage.subscribe(person, 2_333_33n * BigInt(index + 1) - BigInt(index * index)))
    }
    await stage.goTo('2026-03-04', '09:30')
    assert.equal(sum(await units()), await stage.inBooks('R100'))
    assert.equal(await stage.inBooks('1120'), 0n)
    await stage.prove()
  })

  it('credits every day to the fen, the bank’s advanced units earning for the bank', async () => {
    const bob = people[1]
    assert.ok(bob)
    for (const [date, income] of week) {
      if (date === '2026-03-05') {
        await stage.goTo(date, '11:00')
        const wallet = await stage.inBooks(`2010:${bob.customerId}`)
        const { order }: RedeemAnswer = valueOf(await stage.redeem(bob, fast))
        assert.equal(order.state, 'advanced')
        assert.equal(await stage.inBooks(`2010:${bob.customerId}`), wallet + fast)
        await stage.prove()
      }
      await stage.goTo(date, '20:00')
      const before = await stage.inBooks('R100')
      await stage.goTo(addDays(date, 1), '00:05')
      const bankIncome = await stage.inBooks('R205')
      assert.equal(await stage.inBooks('R100'), before + income, date)
      if (date === '2026-03-05') assert.equal(await stage.inBooks('R204'), fast)
      const all = sum(await units()) + (await stage.inBooks('R204')) + bankIncome
      assert.equal(all, await stage.inBooks('R100'))
      assert.equal((await fundDayOn(stage.sql, date))?.state, 'credited')
      await stage.prove()
    }
    const rows = await stage.sql<{ date: string; total: bigint }[]>`
      select split_part(e.ref, '/', 1) as date, -sum(p.amount)::int8 as total
      from ledger.entry e join ledger.posting p on p.entry = e.number
      where e.kind = 'fund_income' and p.account like 'R20%' group by 1 order by 1`
    const expected = week.filter(([, income]) => income !== 0n)
    assert.deepEqual(
      rows.map(({ date, total }) => [date, total]),
      expected,
    )
  })

  it('shows each holder what he earned, and what the fund published', async () => {
    const ada = people[0]
    assert.ok(ada)
    const incomes = await incomesOf(stage.sql, { customerId: ada.customerId, limit: 30 })
    const { income } = await stage.holding(ada)
    assert.equal(income.cumulative, sum(incomes.map(({ amount }) => amount)))
    const days = await publishedDays(stage.sql, { through: '2026-03-10', days: 7 })
    assert.deepEqual(
      days.map(({ date }) => date),
      week.map(([date]) => date),
    )
    assert.notEqual(days.at(-1)?.yield7d, null)
    assert.equal(days.at(-2)?.yield7d, null)
  })

  it('repays the bank on the dealing day after, with the income of its units', async () => {
    const position = await fundPosition(stage.sql)
    assert.equal(position.advanced, 0n)
    assert.ok(position.bankIncomePaid > 0n)
    assert.equal(await stage.inBooks('1210'), 0n)
    await stage.prove()
  })

  it('changes nothing when any step is repeated', async () => {
    const { context } = stage
    const entries = await rows('ledger.entry')
    const postings = await rows('ledger.posting')
    const reserve = await stage.simulators.bank.balance('reserve')
    for (const date of ['2026-03-03', '2026-03-05', '2026-03-06']) {
      valueOf(await createCloseDealingDay(context)(date))
      valueOf(await createConfirmFundOrders(context)(date))
      valueOf(await createPayRedemptions(context)(date))
      valueOf(await createCreditIncome(context)(date))
    }
    assert.deepEqual((await stage.advance()).done, [])
    assert.equal(await rows('ledger.entry'), entries)
    assert.equal(await rows('ledger.posting'), postings)
    assert.deepEqual(await stage.simulators.bank.balance('reserve'), reserve)
  })

  it('does everything once when two processes do it at the same time', async () => {
    const ada = people[0]
    assert.ok(ada)
    await stage.goTo('2026-03-12', '10:00')
    valueOf(await stage.subscribe(ada, 77_77n))
    valueOf(await stage.redeem(ada, 5_55n))
    valueOf(await stage.redeem(ada, 6_66n, 'normal'))
    stage.clockAt('2026-03-17', '16:00')
    const both = await Promise.all([stage.advance(), stage.advance()])
    for (const { waiting } of both) assert.equal(waiting, null)
    await stage.prove()
  })

  it('catches up after days of outage: the calendar tells who earned, not the clock', async () => {
    const ada = people[0]
    assert.ok(ada)
    await stage.goTo('2026-03-19', '10:00')
    valueOf(await stage.subscribe(ada, 1_000_00n))
    valueOf(await stage.redeem(ada, 300_00n))
    valueOf(await stage.redeem(ada, 200_00n, 'normal'))
    stage.clockAt('2026-03-25', '12:00')
    const { done, waiting } = await stage.advance()
    assert.equal(waiting, null)
    assert.ok(done.length > 15)
    const rows = await stage.sql<{ id: string; units: bigint; managerUnits: bigint }[]>`
      select id, units, manager_units as "managerUnits" from fund.day
      where id >= '2026-03-12'`
    for (const day of rows) assert.equal(day.units, day.managerUnits, day.id)
    assert.deepEqual(
      stage.log.filter((line) => line.includes('other units')),
      [],
    )
    await stage.prove()
  })

  it('offers a normal redemption when the bank advances no more', async () => {
    const ada = people[0]
    assert.ok(ada)
    // The bank's facility is 50,000,000.00: all but one fen is out already.
    const drawn = 5_000_000_000n - (await stage.inBooks('2110')) - 1n
    assert.ok(await stage.post([{ debit: '1010', credit: '2110', amount: drawn }]))
    const refused = await stage.redeem(ada, 100_00n)
    assert.equal(codeOf(refused), 'facility_exhausted')
    assert.deepEqual(!refused.ok && refused.error.detail, 'normal')
    assert.ok(await stage.post([{ debit: '2110', credit: '1010', amount: drawn }]))
    const { order } = valueOf(await stage.redeem(ada, 100_00n, 'normal'))
    assert.equal(order.state, 'accepted')
    await stage.prove()
  })

  it('posts only entries that are decided about or exempt by a named rule', async () => {
    const kinds = await stage.sql<{ kind: string }[]>`select distinct kind from ledger.entry`
    const decided = ['fast_redemption', 'redemption', 'top_up']
    const open = kinds.filter(({ kind }) => !decided.includes(kind))
    assert.ok(open.length > 5)
    for (const { kind } of open) assert.ok(Object.hasOwn(exemptFundEntryKinds, kind), kind)
  })
})
