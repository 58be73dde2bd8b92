import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { dealingDay, fundDayOn, fundFiles, fundStatusNow, orderById } from '#fund'
import { readFundFile, writeFundFile, type FileRowOf } from '#partners'
import { testDatabase } from '#test-support'
import type { Actor } from './context.ts'
import type { ExchangedFiles } from './exchange-fund-files.ts'
import { createFundFilesStage, done, type FundFilesStage } from './fund-files-stage.fixture.ts'
import { valueOf } from './fund-stage.fixture.ts'

const outcomes = ({ taken }: ExchangedFiles, date: string) =>
  Object.fromEntries(
    taken
      .filter((file) => file.name.includes(`_${date.replaceAll('-', '')}_`))
      .map(({ name, outcome, breaks }) => [name.slice(-10, -4), `${outcome} ${breaks.length}`]),
  )

describe('a fund that is spoken to by files alone', () => {
  let stage: FundFilesStage
  let anna: Actor
  let bob: Actor
  before(async () => {
    stage = await createFundFilesStage(await testDatabase())
    anna = await stage.customer('+8613800000001', 50_000_00n)
    bob = await stage.customer('+8613800000002', 20_000_00n)
  })
  after(() => stage.close())

  it('sends the orders of a dealing day at its cut-off, once', async () => {
    stage.clockAt('2026-03-02', '10:00')
    valueOf(await stage.subscribe(anna, 10_000_01n))
    valueOf(await stage.subscribe(bob, 3_000_00n))
    stage.clockAt('2026-03-02', '15:00:05')
    const { written, advanced } = await stage.round()
    assert.deepEqual(
      written.map(({ name }) => name),
      ['OFD_COFFER_TA_20260302_03_001.TXT'],
    )
    assert.equal(advanced?.waiting, null)
    assert.equal((await dealingDay(stage.sql, '2026-03-02'))?.state, 'submitted')
    assert.deepEqual((await stage.round()).written, [])
    // Lost on the way: the same orders give the same bytes.
    const [first] = written
    stage.folder.clear()
    const again = await stage.round()
    assert.deepEqual(again.written[0]?.bytes, first?.bytes)
    await stage.prove()
  })

  it('waits for the day’s figures and takes them from file 07', async () => {
    stage.clockAt('2026-03-03', '00:05')
    const { advanced } = await stage.round()
    assert.equal(advanced?.waiting?.event.kind, 'income')
    assert.equal(advanced?.waiting?.problem.detail, 'not_declared_yet')
    const night = await stage.night('2026-03-02')
    assert.deepEqual(outcomes(night, '2026-03-02'), {
      '05_001': 'applied 0',
      '06_001': 'applied 0',
      '07_001': 'applied 0',
    })
    assert.equal((await fundDayOn(stage.sql, '2026-03-02'))?.state, 'credited')
  })

  it('books no confirmation of another amount, but the good one of the next number', async () => {
    const wrong = await stage.morning('2026-03-03', { '04': 'wrong' })
    const [file] = wrong.taken.filter(({ type }) => type === '04')
    assert.equal(file?.outcome, 'contradicts')
    assert.deepEqual(
      file.breaks.map(({ line, field, theirs }) => [line, field, theirs === '']),
      [
        [29, 'ConfirmedAmount', false],
        [29, 'ConfirmedVol', false],
      ],
    )
    assert.equal((await dealingDay(stage.sql, '2026-03-02'))?.state, 'submitted')
    assert.equal((await stage.holding(anna)).available, 0n)
    // Under the same name it is refused, whatever it says.
    const refused = await stage.morning('2026-03-03')
    assert.equal(refused.taken.find(({ type }) => type === '04')?.outcome, 'file_differs')
    assert.equal((await stage.holding(anna)).available, 0n)
    const twice = await stage.morning('2026-03-03', { '04': 'duplicated' })
    assert.deepEqual(outcomes(twice, '2026-03-03'), {
      '04_001': 'file_differs 0',
      '04_002': 'applied 0',
    })
    assert.equal((await stage.holding(anna)).available, 10_000_01n)
    await stage.prove()
  })

  it('reconciles a day with fast, bank’s and normal redemptions to the fen', async () => {
    stage.clockAt('2026-03-03', '14:00')
    valueOf(await stage.redeem(anna, 500_00n, 'fast'))
    valueOf(await stage.redeem(bob, 700_00n, 'normal'))
    stage.clockAt('2026-03-03', '20:00')
    valueOf(await stage.redeem(bob, 100_00n, 'fast'))
    const night = await stage.night('2026-03-03')
    assert.ok(stage.folder.has('OFD_COFFER_TA_20260303_03_002.TXT'))
    assert.deepEqual(outcomes(night, '2026-03-03'), {
      '04_001': 'file_differs 0',
      '04_002': 'applied 0',
      '05_001': 'applied 0',
      '06_001': 'applied 0',
      '07_001': 'applied 0',
    })
    const income = await fundFiles.incomeByHolder(stage.sql, '2026-03-03')
    assert.equal(income.size, 3)
    assert.equal((await dealingDay(stage.sql, '2026-03-03'))?.fast, 500_00n)
    const morning = await stage.morning('2026-03-04')
    assert.equal(morning.advanced?.waiting, null)
    assert.equal(outcomes(morning, '2026-03-04')['04_001'], 'applied 0')
    stage.clockAt('2026-03-04', '10:01')
    await stage.round()
    assert.equal((await dealingDay(stage.sql, '2026-03-03'))?.state, 'paid')
    await stage.prove()
  })

  it('names the holder who is off by one, and goes on', async () => {
    stage.clockAt('2026-03-04', '15:01')
    await stage.round()
    const night = await stage.night('2026-03-04', { '05': 'wrong', '06': 'truncated' })
    assert.deepEqual(outcomes(night, '2026-03-04'), {
      '04_001': 'applied 0',
      '05_001': 'applied 1',
      '06_001': 'bad 0',
      '07_001': 'applied 0',
    })
    const [found] = await fundFiles.fileBreaks(stage.sql, 'OFD_TA_COFFER_20260304_05_001.TXT')
    assert.equal(found?.line, 19)
    assert.equal(found.field, 'TotalVolOfDistributorInTA')
    assert.equal(cents(found.theirs) - cents(found.ours), 1n)
    const bad = await fundFiles.fundFileNamed(stage.sql, 'OFD_TA_COFFER_20260304_06_001.TXT')
    assert.equal(bad?.state, 'received')
    assert.equal(bad.faults, 1)
  })

  it('goes on over a weekend, with a day of loss, when files come late', async () => {
    await stage.simulators.fundManager.planDay('2026-03-06', { income: -77n })
    await stage.morning('2026-03-05')
    stage.clockAt('2026-03-05', '15:01')
    await stage.round()
    for (const date of ['2026-03-05', '2026-03-06', '2026-03-07']) {
      const late = await stage.night(date, { '05': 'late', '07': 'late' })
      assert.equal(late.advanced?.waiting?.event.kind, 'income')
      assert.equal((await fundDayOn(stage.sql, date)) ?? null, null)
    }
    stage.clockAt('2026-03-08', '00:10')
    for (const date of ['2026-03-05', '2026-03-06', '2026-03-07']) {
      for (const { name, bytes } of done(await stage.agent.endOfDay(date))) {
        stage.folder.set(name, bytes)
      }
    }
    await stage.round()
    // Friday’s confirmation of Thursday was waited for, too: there was nothing to confirm.
    assert.equal((await fundDayOn(stage.sql, '2026-03-07'))?.state, 'credited')
    const again = await stage.round()
    for (const date of ['2026-03-05', '2026-03-06', '2026-03-07']) {
      const { '04_001': confirmation = 'applied 0', ...night } = outcomes(again, date)
      assert.equal(confirmation, 'applied 0')
      assert.deepEqual(night, {
        '05_001': 'applied 0',
        '06_001': 'applied 0',
        '07_001': 'applied 0',
      })
    }
    assert.ok(again.taken.every(({ changed }) => !changed))
    await stage.prove()
  })
})

describe('files beside the calls', () => {
  let stage: FundFilesStage
  before(async () => {
    stage = await createFundFilesStage(await testDatabase())
  })
  after(() => stage.close())

  it('are held against what was booked by calls, and drive nothing', async () => {
    const anna = await stage.customer('+8613800000001', 50_000_00n)
    stage.clockAt('2026-03-02', '10:00')
    valueOf(await stage.subscribe(anna, 10_000_00n))
    await stage.goTo('2026-03-02', '15:01')
    const { written, advanced } = await stage.round('beside')
    assert.equal(advanced, null)
    assert.equal(written.length, 1)
    await stage.goTo('2026-03-03', '09:31')
    for (const { name, bytes } of [
      ...done(await stage.agent.endOfDay('2026-03-02')),
      ...done(await stage.agent.confirmations('2026-03-03')),
    ]) {
      stage.folder.set(name, bytes)
    }
    const { taken } = await stage.round('beside')
    assert.deepEqual(
      taken.map(({ outcome, breaks }) => [outcome, breaks.length]),
      [
        ['applied', 0],
        ['applied', 0],
        ['applied', 0],
        ['applied', 0],
      ],
    )
    await stage.prove()
  })
})

describe('a loss while redemptions wait for the next cut-off, by file', () => {
  let stage: FundFilesStage
  let people: Actor[]
  before(async () => {
    stage = await createFundFilesStage(await testDatabase())
    people = []
    for (const end of ['1', '2', '3', '4']) {
      people.push(await stage.customer(`+861380000000${end}`, 20_000_00n))
    }
    stage.clockAt('2026-03-02', '10:00')
    for (const person of people) valueOf(await stage.subscribe(person, 10_000_00n))
    stage.clockAt('2026-03-02', '15:00:05')
    await stage.round()
    await stage.simulators.fundManager.planDay('2026-03-02', { income: 0n })
    await stage.simulators.fundManager.planDay('2026-03-03', { income: -1_003n })
    await stage.night('2026-03-02')
    await stage.morning('2026-03-03')
  })
  after(() => stage.close())

  const fine = { '05_001': 'applied 0', '06_001': 'applied 0', '07_001': 'applied 0' }

  it('is carried by all that the fund has not been asked for', async () => {
    const [early, some, all, twice] = people
    assert.ok(early && some && all && twice)
    stage.clockAt('2026-03-03', '14:00')
    valueOf(await stage.redeem(early, 10_000_00n, 'normal'))
    stage.clockAt('2026-03-03', '15:00:05')
    await stage.round()
    stage.clockAt('2026-03-03', '16:00')
    valueOf(await stage.redeem(some, 4_000_00n, 'normal'))
    valueOf(await stage.redeem(all, 10_000_00n, 'normal'))
    const { order: first } = valueOf(await stage.redeem(twice, 9_999_99n, 'normal'))
    const { order: second } = valueOf(await stage.redeem(twice, 1n, 'normal'))
    const { '04_001': _, ...files } = outcomes(await stage.night('2026-03-03'), '2026-03-03')
    assert.deepEqual(files, fine)
    // 10.03 for three holders: 3.35, 3.34, 3.34, in the order of their accounts.
    const income = await fundFiles.incomeByHolder(stage.sql, '2026-03-03')
    assert.equal(income.get(early.customerId), undefined)
    const lost = [some, all, twice].map(({ customerId }) => income.get(customerId) ?? 0n)
    assert.equal(lost.filter((fen) => fen === -334n).length, 2)
    assert.equal(lost.filter((fen) => fen === -335n).length, 1)
    // The latest order first, down to nothing.
    const ofTwice = -(income.get(twice.customerId) ?? 0n)
    const cuts = await Promise.all([second, first].map(({ id }) => orderById(stage.sql, id)))
    assert.deepEqual(
      cuts.map((order) => order?.lossAmount),
      [1n, ofTwice - 1n],
    )
    assert.equal(
      (await stage.holding(all)).redeeming,
      10_000_00n + (income.get(all.customerId) ?? 0n),
    )
    await stage.prove()
  })

  it('leaves who redeemed everything with nothing, and both registers alike', async () => {
    const [, , all] = people
    assert.ok(all)
    const { '04_001': confirmed } = outcomes(await stage.morning('2026-03-04'), '2026-03-04')
    assert.equal(confirmed, 'applied 0')
    stage.clockAt('2026-03-04', '15:00:05')
    await stage.round()
    await stage.night('2026-03-04')
    const { taken } = await stage.morning('2026-03-05')
    assert.ok(taken.every(({ outcome, breaks }) => outcome === 'applied' && breaks.length === 0))
    stage.clockAt('2026-03-05', '10:01')
    await stage.round()
    const night = await stage.night('2026-03-05')
    const { '04_001': _, ...files } = outcomes(night, '2026-03-05')
    assert.deepEqual(files, fine)
    await stage.prove()
  })
})

describe('limits announced in file 07', () => {
  let stage: FundFilesStage
  before(async () => {
    stage = await createFundFilesStage(await testDatabase())
  })
  after(() => stage.close())

  it('hold for orders from the moment the file is applied', async () => {
    const anna = await stage.customer('+8613800000001', 50_000_00n)
    stage.clockAt('2026-03-02', '10:00')
    valueOf(await stage.subscribe(anna, 100_00n))
    stage.clockAt('2026-03-02', '15:00:05')
    await stage.round()
    stage.clockAt('2026-03-03', '00:06')
    for (const { name, bytes } of done(await stage.agent.endOfDay('2026-03-02'))) {
      const read = readFundFile(bytes)
      assert.ok(read.ok)
      const { header, rows } = read.value
      const limits = { IndiDayMaxSumBuy: 700_00n, FundDayMaxSumBuy: 0n }
      const told = (rows as readonly FileRowOf<'07'>[]).map((row) => ({ ...row, ...limits }))
      const changed = header.type === '07' ? done(writeFundFile({ header, rows: told })) : bytes
      stage.folder.set(name, changed)
    }
    const { taken } = await stage.round()
    assert.ok(taken.every(({ outcome }) => outcome === 'applied'))
    stage.clockAt('2026-03-03', '08:00')
    const refused = await stage.subscribe(anna, 700_01n)
    assert.deepEqual(refused, { ok: false, error: { code: 'daily_subscription_exceeded' } })
    assert.ok((await stage.subscribe(anna, 700_00n)).ok)
    const known = await fundStatusNow(stage.sql)
    assert.deepEqual(
      [known.announcedOn, known.announcedPersonBuyFen, known.announcedFundBuyFen],
      ['2026-03-02', 700_00n, null],
    )
  })
})

describe('orders done in part, by file', () => {
  let stage: FundFilesStage
  before(async () => {
    stage = await createFundFilesStage(await testDatabase())
  })
  after(() => stage.close())

  it('are booked as far as they were done, the rest goes back', async () => {
    const anna = await stage.customer('+8613800000001', 50_000_00n)
    const bob = await stage.customer('+8613800000002', 20_000_00n)
    stage.clockAt('2026-03-02', '10:00')
    const part = valueOf(await stage.subscribe(anna, 100_00n))
    const none = valueOf(await stage.subscribe(bob, 50_00n))
    stage.clockAt('2026-03-02', '15:00:05')
    const [file] = (await stage.round()).written
    assert.ok(file !== undefined)
    await stage.night('2026-03-02')
    const sent = readFundFile(file.bytes)
    assert.ok(sent.ok)
    const rows = (sent.value.rows as readonly FileRowOf<'03'>[]).map((asked) => {
      const { TransactionTime: _, ...row } = asked
      const done = row.ApplicationAmount === 100_00n ? 60_00n : 0n
      return {
        ...row,
        BusinessCode: '122',
        TransactionCfmDate: '2026-03-03',
        ReturnCode: done > 0n ? '0001' : '9999',
        ConfirmedAmount: done,
        ConfirmedVol: done,
        NAV: 10_000n,
        Charge: 0n,
        TASerialNO: '',
      }
    })
    const parties = { creator: 'TA', recipient: 'COFFER', sender: 'TA', receiver: 'COFFER' }
    const header = { ...parties, date: '2026-03-03', sequence: 1, type: '04' as const }
    stage.folder.set('OFD_TA_COFFER_20260303_04_001.TXT', done(writeFundFile({ header, rows })))
    stage.clockAt('2026-03-03', '09:31')
    const { taken, advanced } = await stage.round()
    assert.equal(advanced?.waiting, null)
    assert.equal(taken.find(({ type }) => type === '04')?.outcome, 'applied')
    assert.equal((await stage.holding(anna)).available, 60_00n)
    assert.equal((await stage.holding(bob)).available, 0n)
    assert.equal(await stage.inBooks(`2010:${anna.customerId}`), 50_000_00n - 60_00n)
    assert.equal(await stage.inBooks(`2010:${bob.customerId}`), 20_000_00n)
    const [first, second] = [
      await orderById(stage.sql, part.id),
      await orderById(stage.sql, none.id),
    ]
    assert.deepEqual([first?.state, second?.state], ['confirmed', 'rejected'])
  })
})

function cents(text: string): bigint {
  return BigInt(text.replace('.', ''))
}
