import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { IncomeStatement } from '#flows'
import { localInstant } from '#kernel'
import { incomeStatementPdf } from './income-statement-pdf.ts'

const july: IncomeStatement = {
  month: '2014-07',
  holder: { customerId: 'cus_1', name: 'Li Na' },
  opening: 100_000n,
  closing: 100_011n,
  asOf: localInstant('2014-08-01', '00:00'),
  days: [
    { date: '2014-07-02', amount: 12n, balance: 100_012n },
    { date: '2014-07-03', amount: -1n, balance: 100_011n },
  ],
  monthTotal: 11n,
  yearToDate: 1_011n,
}

/** Every text that the page shows, a line each. */
async function shown(statement: IncomeStatement): Promise<string> {
  const pdf = Buffer.from(await incomeStatementPdf(statement)).toString('latin1')
  const drawn = [...pdf.matchAll(/\[([^\]]*)\] TJ/g)].map(([, pieces = '']) =>
    [...pieces.matchAll(/<([\da-f]*)>/g)].map(([, hex = '']) => hex).join(''),
  )
  return drawn.map((hex) => Buffer.from(hex, 'hex').toString('latin1')).join('\n')
}

test('the same statement makes the same bytes, another one others', async () => {
  const [once, again] = [await incomeStatementPdf(july), await incomeStatementPdf({ ...july })]
  assert.deepEqual(once, again)
  assert.notDeepEqual(once, await incomeStatementPdf({ ...july, closing: 100_010n }))
})

test('every day and total is on the page, losses with their sign', async () => {
  const text = await shown(july)
  for (const part of [
    'Account holder\nLi Na',
    'Customer\ncus_1',
    'Opening units\n1000.00',
    'Closing units\n1000.11',
    '2014-07-02\n0.12\n1000.12',
    '2014-07-03\n-0.01\n1000.11',
    'Month 2014-07\n0.11',
    'Year 2014 to date\n10.11',
  ]) {
    assert.ok(text.includes(part), part)
  }
})

test('a name the font cannot show is left out, the customer id stands alone', async () => {
  const text = await shown({ ...july, holder: { customerId: 'cus_1', name: '张伟' } })
  assert.ok(!text.includes('Account holder'))
  assert.ok(text.includes('Customer\ncus_1'))
})

test('more days than a page holds go on to the next one', async () => {
  const day = { date: '2014-07-04', amount: 1n, balance: 1n }
  const long = { ...july, days: Array.from({ length: 100 }, () => day) }
  const pdf = Buffer.from(await incomeStatementPdf(long)).toString('latin1')
  assert.match(pdf, /\/Count 3\b/)
  assert.equal((await shown(long)).split('2014-07-04').length - 1, 100)
})
