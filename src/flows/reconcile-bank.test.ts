import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { Sql } from '#database'
import { addDays, localDateOf } from '#kernel'
import { formatAmount } from '#money'
import { readOutsideMovements } from '#partners'
import { usualRule, openReceipts } from '#reconciliation'
import { testDatabase } from '#test-support'
import { createMakeTransfers } from './make-transfers.ts'
import { createClearReceipt, createParkReceipt } from './park-receipt.ts'
import { createReconcileBank, type ReconcileInput } from './reconcile-bank.ts'
import type { ReconciliationReport } from './reconciliation-report.ts'
import { createVerifyStage, type VerifyStage } from './verify-stage.fixture.ts'
import { createVerify } from './verify.ts'

/** The stage lets the bank wait while it jumps over days. */
const patient = { ...usualRule, days: 21 }

/** A line of the bank's own books, as it would stand in its statement. */
interface Line {
  readonly date: string
  readonly amount: bigint
  readonly reference: string
}

const fileOf = (lines: readonly Line[], head: readonly string[] = []) =>
  Buffer.from(
    [
      ...head,
      'date,amount,reference',
      ...lines.map(({ date, amount, reference }) => [date, formatAmount(amount), reference].join()),
      '',
    ].join('\n'),
  )

function valueOf<T>(done: { ok: true; value: T } | { ok: false; error: string }): T {
  assert.ok(done.ok, done.ok ? '' : done.error)
  return done.value
}

const planted: readonly [
  what: string,
  plant: (line: Line) => Line[],
  kind: string,
  difference: (amount: bigint) => bigint,
][] = [
  ['a line that is missing', () => [], 'not_in_statement', (amount) => -amount],
  ['a line that is there twice', (line) => [line, line], 'duplicated', (amount) => amount],
  ['a wrong amount', (line) => [{ ...line, amount: line.amount + 1n }], 'amount_differs', () => 1n],
  ['a line late by days', (line) => [{ ...line, date: addDays(line.date, 30) }], 'late', () => 0n],
  [
    'a line of nobody’s',
    (line) => [line, { ...line, reference: 'unknown', amount: 777_77n }],
    'not_in_ledger',
    () => 777_77n,
  ],
]

describe('reconciling our accounts with the bank’s own books', () => {
  let stage: VerifyStage
  let reader: Sql

  before(async () => {
    const given = await testDatabase()
    stage = await createVerifyStage(given)
    reader = given.database.connect('reader', { max: 1 })
    assert.ok((await createMakeTransfers(stage.context)()).ok)
  })
  after(async () => {
    await reader.end()
    await stage.close()
  })

  async function linesOf(bankAccount: string): Promise<Line[]> {
    const movements = await readOutsideMovements(reader, `bank:${bankAccount}`)
    return movements.map(({ at, amount, reference }) => ({
      date: localDateOf(at),
      amount,
      // The stage books its customers' first money and its own by hand, under no id of the bank's.
      reference: /^(top-up:|capital)/.test(reference) ? '' : reference,
    }))
  }
  const reconcile = (input: Partial<ReconcileInput>) =>
    createReconcileBank(stage.context)({
      account: '1010',
      name: 'bank.csv',
      bytes: fileOf([]),
      rule: patient,
      dryRun: true,
      ...input,
    })
  const reported = async (input: Partial<ReconcileInput>): Promise<ReconciliationReport> => {
    const done = await reconcile(input)
    assert.ok(done.ok, done.ok ? '' : done.error.code)
    return done.value
  }
  const kinds = ({ breaks }: ReconciliationReport) => breaks.map(({ kind }) => kind)

  for (const [account, name] of [
    ['1010', 'reserve'],
    ['1110', 'settlement'],
    ['1410', 'operator'],
  ] as const) {
    it(`explains ${account} with the bank’s ${name} account`, async () => {
      const lines = await linesOf(name)
      const report = await reported({ account, bytes: fileOf(lines) })
      const breaks = report.breaks.map(({ kind, lines, postings }) => {
        return [kind, ...lines.map((each) => each.reference), ...postings.map(({ ref }) => ref)]
      })
      assert.deepEqual(breaks, [])
      assert.equal(report.matched.lines, lines.length)
      assert.ok(account !== '1010' || report.matched.lines > 10)
    })
  }

  for (const [what, plant, kind, difference] of planted) {
    it(`finds ${what}, and nothing else`, async () => {
      const lines = await linesOf('reserve')
      const at = lines.findIndex(({ reference }) => reference.startsWith('top'))
      const chosen = lines[at]
      assert.ok(chosen !== undefined)
      const bytes = fileOf([...lines.slice(0, at), ...plant(chosen), ...lines.slice(at + 1)])
      const report = await reported({ bytes })
      assert.deepEqual(kinds(report), [kind])
      assert.equal(report.breaks[0]?.difference, difference(chosen.amount))
    })
  }

  it('keeps nothing in a dry run, and says twice the same', async () => {
    const bytes = fileOf(await linesOf('reserve'))
    assert.deepEqual(await reported({ bytes }), await reported({ bytes }))
    const [row] = await reader<{ n: number }[]>`
      select count(*)::int4 as n from reconciliation.statement`
    assert.equal(row?.n, 0)
  })

  it('tells how old a break is, and what the balances are', async () => {
    const lines = await linesOf('reserve')
    const [first] = lines
    assert.ok(first !== undefined)
    const total = lines.reduce((sum, { amount }) => sum + amount, 0n)
    const head = ['#opening,0.00', `#closing,${formatAmount(total)}`]
    const whole = await reported({ bytes: fileOf(lines, head) })
    assert.equal(whole.balance.difference, 0n)
    const asOf = addDays(first.date, 40)
    const missing = await reported({ bytes: fileOf(lines.slice(1), [`#from,${first.date}`]), asOf })
    assert.deepEqual(
      missing.breaks.map(({ ageDays }) => ageDays),
      [40],
    )
    assert.deepEqual(
      missing.ageing.map(({ breaks }) => breaks),
      [0, 0, 0, 1],
    )
  })

  it('refuses what it cannot use, and applies nothing of it', async () => {
    const malformed = await reconcile({ bytes: Buffer.from('date,amount,reference\n1,2,3\n') })
    assert.deepEqual(malformed, {
      ok: false,
      error: {
        code: 'statement_malformed',
        faults: [{ line: 2, field: 'date', code: 'date_malformed' }],
      },
    })
    const refused = async (input: Partial<ReconcileInput>) => {
      const done = await reconcile(input)
      return done.ok ? 'ok' : done.error.code
    }
    assert.equal(await refused({ account: '2010:x' }), 'account_not_at_bank')
    const other = fileOf(await linesOf('reserve'), ['#account,1110'])
    assert.equal(await refused({ bytes: other, dryRun: false }), 'account_differs')
  })

  it('keeps matches, carries breaks on, and parks and clears what nobody knows', async () => {
    const lines = await linesOf('reserve')
    const half = lines.length >> 1
    const date = lines[half]?.date ?? ''
    const stray = { date, amount: 123_45n, reference: 'stray' }
    const early = lines.filter((each) => each.date <= date)
    const late = lines.filter((each) => each.date > date)
    assert.ok(early.length > 0 && late.length > 0)
    const first = { name: 'early.csv', bytes: fileOf([...early, stray]), dryRun: false }
    const report = await reported(first)
    assert.equal(report.statement.isNew, true)
    assert.deepEqual(kinds(report), ['not_in_ledger'])

    const again = await reported(first)
    assert.equal(again.statement.isNew, false)
    assert.equal(again.matched.lines, 0)
    assert.deepEqual(kinds(again), ['not_in_ledger'])
    const otherBytes = await reconcile({ ...first, bytes: fileOf(early) })
    assert.ok(!otherBytes.ok && otherBytes.error.code === 'statement_name_reused')

    const second = { name: 'late.csv', bytes: fileOf(late), dryRun: false }
    assert.deepEqual(kinds(await reported(second)), ['not_in_ledger'])

    // The stray money is at the bank in truth too: the partner's books have to know it.
    const { bank } = stage.simulators
    const account = { number: '6222000011112222', holder: 'Nobody', balance: 123_45n }
    await bank.openAccount(account)
    const { number: accountNumber, balance: amount } = account
    assert.ok((await bank.collect({ reference: 'stray', accountNumber, amount })).ok)
    const line = report.breaks[0]?.lines[0]?.id ?? ''
    const park = createParkReceipt(stage.context)
    assert.equal((await park('early.csv#999')).ok, false)
    assert.equal(valueOf(await park(line)).amount, 123_45n)
    assert.deepEqual(await park(line), { ok: false, error: 'line_not_open' })
    assert.equal(await stage.inBooks('2130'), 123_45n)
    assert.deepEqual(kinds(await reported(second)), [])
    await isSound()

    const clear = createClearReceipt(stage.context)
    const to = `2010:${stage.bob.customerId}`
    const before = await stage.inBooks(to)
    assert.deepEqual(await clear({ line, to: '3010' }), { ok: false, error: 'target_not_allowed' })
    assert.deepEqual(await clear({ line: 'x#1', to }), { ok: false, error: 'receipt_not_found' })
    assert.equal((await openReceipts(stage.sql)).length, 1)
    assert.equal(valueOf(await clear({ line, to })).clearedTo, to)
    assert.deepEqual(await clear({ line, to }), { ok: false, error: 'receipt_cleared' })
    assert.equal(await stage.inBooks(to), before + 123_45n)
    assert.equal(await stage.inBooks('2130'), 0n)
    assert.equal((await openReceipts(stage.sql)).length, 0)
    await isSound()
  })

  it('lets one of two runs at once win', async () => {
    const lines = await linesOf('operator')
    const runs = ['one.csv', 'two.csv'].map((name) =>
      reconcile({ account: '1410', name, bytes: fileOf(lines), dryRun: false }),
    )
    const codes = (await Promise.all(runs)).map((done) => (done.ok ? 'ok' : done.error.code))
    assert.deepEqual(codes.sort(), ['ok', 'reconciliation_changed'])
  })

  async function isSound(): Promise<void> {
    const { invariants, external } = await createVerify({ sql: reader })()
    assert.deepEqual(
      invariants.flatMap(({ id, broken }) => broken.map((what) => `${id} ${what}`)),
      [],
    )
    const different = external.filter(({ equal }) => !equal)
    assert.deepEqual(different, [])
  }
})
