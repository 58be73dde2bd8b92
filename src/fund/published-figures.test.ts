import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { addDays } from '#kernel'
import { daysWithoutFigure, publishedYields, readPublishedFigures } from './published-figures.ts'
import { formatMilliPercent, formatPer10k } from './yield.ts'

const july2013 = ['1.5787', '1.5461', '1.4670', '1.4223', '1.3845', '1.3674', '1.3671']
const rows = july2013.map((per10k, day) => `${addDays('2013-07-01', day)},${per10k}`)

function figuresOf(text: string) {
  const read = readPublishedFigures(text)
  assert.ok(read.ok, read.ok ? '' : JSON.stringify(read.error))
  return read.value
}

function faultsOf(text: string): string[] {
  const read = readPublishedFigures(text)
  assert.ok(!read.ok)
  return read.error.map(({ line, field, code }) => `${line} ${field} ${code}`)
}

describe('a file of published figures', () => {
  test('gives the published yield of 2013-07-07, with or without a header, in any order', () => {
    const texts = [
      rows.join('\n'),
      `date,per10k\n${rows.join('\n')}\n`,
      `\uFEFFDate, per10k\r\n${rows.toReversed().join('\r\n')}\r\n\r\n`,
    ]
    for (const text of texts) {
      const [only, ...others] = publishedYields(figuresOf(text))
      assert.deepEqual(others, [])
      assert.equal(only?.date, '2013-07-07')
      assert.equal(formatPer10k(only.per10k), '1.3671')
      assert.equal(formatMilliPercent(only.yield7d), '5.425')
    }
  })

  test('leaves out days whose window has a hole', () => {
    const figures = figuresOf(`${rows.join('\n')}\n2013-07-08,1.3\n2013-07-10,1.3\n`)
    assert.deepEqual(
      publishedYields(figures).map(({ date }) => date),
      ['2013-07-07', '2013-07-08'],
    )
    assert.deepEqual(daysWithoutFigure(figures, { from: '2013-06-30', to: '2013-07-10' }), [
      '2013-06-30',
      '2013-07-09',
    ])
  })

  test('names every bad row by line and field', () => {
    const text = [
      'date,per10k',
      '2013-07-01,1.5787',
      '2013-02-30,1.1',
      '2013-7-2,x',
      '2013-07-01,1.2',
      '2013-07-03,1.23456',
      '2013-07-04;1.2',
      '2013-07-05,10000',
      '2013-07-06,1e3',
      '2013-07-07,-0.0001',
      '2013-07-08,1.2,3',
    ].join('\n')
    assert.deepEqual(faultsOf(text), [
      '3 date date_malformed',
      '4 date date_malformed',
      '4 per10k per10k_malformed',
      '5 date date_repeated',
      '6 per10k per10k_too_precise',
      '7 row columns_wrong',
      '8 per10k per10k_out_of_range',
      '9 per10k per10k_malformed',
      '11 row columns_wrong',
    ])
  })

  test('is refused when it holds no figure', () => {
    assert.deepEqual(faultsOf(''), ['1 file file_empty'])
    assert.deepEqual(faultsOf('date,per10k\n'), ['1 file file_empty'])
  })

  test('never throws, whatever is in it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
        const read = readPublishedFigures(text)
        if (!read.ok) assert.ok(read.error.length > 0)
      }),
      { numRuns: 500 },
    )
  })
})
