import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { faultCodes } from './bank-statement.ts'
import { readCsvStatement } from './read-csv-statement.ts'

const good = `#account,1010
#from,2026-03-01
#to,2026-03-31
#opening,100.00
#closing,149.50
date,amount,reference,counterparty,text,balance
2026-03-02,50,top_1,Li Na,"salary, ""March""",150.00
2026-03-03,-0.5,,,,149.50
`

describe('a statement as CSV', () => {
  it('is read with its period, balances and lines', () => {
    assert.deepEqual(readCsvStatement(good), {
      ok: true,
      value: {
        format: 'csv',
        account: '1010',
        from: '2026-03-01',
        to: '2026-03-31',
        opening: 10_000n,
        closing: 14_950n,
        lines: [
          {
            number: 1,
            date: '2026-03-02',
            amount: 5_000n,
            reference: 'top_1',
            counterparty: 'Li Na',
            text: 'salary, "March"',
          },
          {
            number: 2,
            date: '2026-03-03',
            amount: -50n,
            reference: null,
            counterparty: null,
            text: null,
          },
        ],
      },
    })
  })

  it('needs no more than three columns, in any order, with any line ends', () => {
    const read = readCsvStatement('\uFEFFreference,amount,date\r\na,1.00,2026-03-02\r\n\r\n')
    assert.ok(read.ok)
    const { from, to, opening, lines } = read.value
    assert.deepEqual([from, to, opening, lines.length], ['2026-03-02', '2026-03-02', null, 1])
  })

  const changes: readonly [what: string, from: RegExp | string, to: string, faults: string[]][] = [
    ['a date that is none', '2026-03-02', '2026-02-30', ['7 date date_malformed']],
    ['a date with time', '2026-03-02', '2026-03-02T10:00', ['7 date date_malformed']],
    ['an amount in words', ',50,', ',fifty,', ['7 amount amount_malformed']],
    ['a third decimal', ',50,', ',50.001,', ['7 amount amount_too_precise']],
    ['an amount of nothing', ',50,', ',0.00,', ['7 amount amount_zero']],
    ['an amount beyond all', ',50,', ',900000000000000000,', ['7 amount amount_out_of_range']],
    ['a field less', ',,149.50\n', ',\n', ['8 balance too_few_fields']],
    ['a field more', ',,149.50\n', ',,149.50,x\n', ['8 7 too_many_fields']],
    ['a column nobody knows', 'counterparty,', 'party,', ['6 party column_unknown']],
    ['a column twice', 'counterparty,', 'text,', ['6 text column_twice']],
    ['a column that is missing', 'amount,', '', ['6 amount column_missing']],
    ['a row # nobody knows', '#from', '#since', ['2 since directive_unknown']],
    ['a row # twice', '#to,2026-03-31', '#from,2026-03-31', ['3 from directive_twice']],
    ['a running balance that is off', '150.00\n', '150.01\n', ['7 balance balance_wrong']],
    ['a closing balance that is off', '#closing,149.50', '#closing,1', ['1 closing balance_wrong']],
    ['a line before the period', '#from,2026-03-01', '#from,2026-03-03', ['7 date outside_period']],
    ['a period backwards', '#to,2026-03-31', '#to,2026-02-28', ['1 period period_backwards']],
    ['a quotation that does not end', '""",150', ',150', ['7 5 quote_unclosed']],
    ['a quotation mark inside', 'Li Na', 'Li "Na"', ['7 4 quote_misplaced']],
    ['a text without end', 'Li Na', 'x'.repeat(501), ['7 counterparty text_too_long']],
  ]
  for (const [what, from, to, expected] of changes) {
    it(`names line and field of ${what}`, () => {
      const text = good.replace(from, to)
      assert.notEqual(text, good)
      const read = readCsvStatement(text)
      assert.ok(!read.ok)
      const faults = read.error.map(({ line, field, code }) => `${line} ${field} ${code}`)
      for (const each of expected) assert.ok(faults.includes(each), faults.join(' | '))
    })
  }

  it('lists all faults of a file together', () => {
    const read = readCsvStatement(good.replace(',50,', ',x,').replace('-0.5', 'y'))
    assert.ok(!read.ok && read.error.length === 2)
  })

  it('says of an empty file what is missing', () => {
    for (const text of ['', '\n', '#from,2026-03-01\n']) assert.ok(!readCsvStatement(text).ok)
    assert.deepEqual(readCsvStatement('date,amount,reference\n'), {
      ok: false,
      error: [{ line: 1, field: 'period', code: 'period_missing' }],
    })
  })

  it('never throws, whatever it is given', () => {
    const pieces = fc.constantFrom(
      ...'"",,\n\r#date,amount,reference,2026-03-01,5.00'.split(/(?=.)/),
    )
    const texts = fc.oneof(
      fc.string(),
      fc.array(pieces).map((each) => each.join('')),
    )
    const spoilt = fc
      .tuple(fc.nat(good.length), fc.nat(5), texts)
      .map(([at, drop, put]) => good.slice(0, at) + put + good.slice(at + drop))
    fc.assert(
      fc.property(fc.oneof(texts, spoilt), (text) => {
        const read = readCsvStatement(text)
        if (read.ok) return
        assert.ok(read.error.length > 0)
        for (const { line, code } of read.error) {
          assert.ok(line > 0 && faultCodes.includes(code))
        }
      }),
      { numRuns: 500 },
    )
  })
})
