import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { after, before, describe, it } from 'node:test'
import fc from 'fast-check'
import { day, required } from '#kernel'
import { testDatabase } from '#test-support'
import { openLedgerStage, places, type LedgerStage } from '../../test/properties/ledger-stage.ts'
import { createBooks } from '../../test/properties/ledger-stream.ts'
import { archiveMonth, boundsOfMonth } from './archive-month.ts'
import { createArchiveReader, type ArchiveReport } from './archive-reader.ts'

function read(lines: readonly string[]): ArchiveReport {
  const reader = createArchiveReader()
  for (const line of lines) reader.line(line)
  return reader.end()
}

describe('a month on the shelf', () => {
  let stage: LedgerStage
  let february: string[]
  before(async () => {
    const postgres = places.find(({ name }) => name === 'PostgreSQL')
    stage = await openLedgerStage(required(postgres, 'PostgreSQL').open)
    // From 5 January on: three months and a bit.
    for (const steps of createBooks(8, { days: 40 })) {
      for (const step of steps(stage.clock.now())) await stage.ask(step).catch(() => undefined)
      stage.clock.advance(2.5 * day)
    }
    february = await archived('2026-02')
  })
  after(() => stage.close())

  async function archived(month: string): Promise<string[]> {
    let text = ''
    const sql = required(stage.place.sql, 'sql')
    const told = await archiveMonth(sql, month, (piece) => void (text += piece))
    const lines = text.trimEnd().split('\n')
    const { month: _, ...end } = told
    assert.equal(lines.at(-1), JSON.stringify({ end }))
    return lines
  }

  const named = (lines: readonly string[], name: string) =>
    lines.filter((line) => line.startsWith(`{"${name}":`))

  it('verifies alone', () => {
    const { faults, entries, postings, accounts, month } = read(february)
    assert.deepEqual(faults, [])
    assert.equal(month, '2026-02')
    assert.equal(entries, named(february, 'entry').length)
    assert.ok(entries > 10 && postings >= 2 * entries && accounts > 5)
  })

  it('begins with what the month before ended with', async () => {
    const january = await archived('2026-01')
    assert.deepEqual(read(january).faults, [])
    assert.deepEqual(
      named(january, 'closing').map((line) => line.replace('closing', 'opening')),
      named(february, 'opening'),
    )
    assert.equal(named(january, 'opening').length, 0)
  })

  it('all months together hold every entry once', async () => {
    const months = Array.from({ length: 36 }, (_, n) => {
      const month = String((n % 12) + 1).padStart(2, '0')
      return `${2025 + Math.floor(n / 12)}-${month}`
    })
    assert.ok(stage.clock.now() < boundsOfMonth('2027-12').to)
    let entries = 0
    for (const month of months) {
      const { faults, entries: own } = read(await archived(month))
      assert.deepEqual(faults, [])
      entries += own
    }
    assert.equal(entries, await stage.place.entries())
  })

  it('is the same file every time', async () => {
    assert.deepEqual(await archived('2026-02'), february)
  })

  it('shows that it was cut off, wherever', () => {
    for (const length of [0, 1, 5, february.length >> 1, february.length - 1]) {
      assert.match(read(february.slice(0, length)).faults.join(), /cut off/)
    }
  })

  it('shows any line that is changed, missing, twice or elsewhere, and never throws', () => {
    const line = fc.nat({ max: february.length - 1 })
    fc.assert(
      fc.property(line, line, fc.constantFrom('drop', 'twice', 'swap', 'spoil'), (at, to, what) => {
        const lines = [...february]
        const own = required(lines[at], 'line')
        if (what === 'drop') lines.splice(at, 1)
        else if (what === 'twice') lines.splice(at, 0, own)
        else if (what === 'swap') [lines[at], lines[to]] = [required(lines[to], 'line'), own]
        else lines[at] = own.slice(0, to % own.length) + own.slice((to % own.length) + 1)
        if (lines.join('\n') === february.join('\n')) return
        assert.ok(read(lines).faults.length > 0)
      }),
    )
  })

  it('never throws on whatever is in the file', () => {
    const odd = fc.oneof(fc.string(), fc.json(), fc.constantFrom('{"entry":null}', '{"end":{}}'))
    fc.assert(
      fc.property(fc.array(odd, { maxLength: 6 }), (lines) => {
        assert.ok(read(lines).faults.length > 0)
      }),
    )
  })

  describe('with a checksum that fits again, as somebody would forge it', () => {
    function forged(change: (lines: string[]) => void): string {
      const lines = february.slice(0, -1)
      change(lines)
      const hash = createHash('sha256')
      for (const line of lines) hash.update(`${line}\n`)
      const end = {
        accounts: named(lines, 'closing').length,
        entries: named(lines, 'entry').length,
        postings: named(lines, 'posting').length,
        details: named(lines, 'detail').length,
        sha256: hash.digest('hex'),
      }
      return read([...lines, JSON.stringify({ end })]).faults.join('\n')
    }
    const firstOf = (lines: string[], name: string) =>
      lines.findIndex((line) => line.startsWith(`{"${name}":`))
    /** The place of an entry and of what follows its postings. */
    const entryIn = (lines: string[]) => {
      const at = firstOf(lines, 'entry')
      const after = lines.findIndex((line, n) => n > at && !line.startsWith('{"posting":'))
      return { at, length: after - at }
    }
    const change = (lines: string[], name: string, field: string) => {
      const at = firstOf(lines, name)
      const own = required(lines[at], name)
      lines[at] = own.replace(
        new RegExp(`("${field}": ?"-?)(\\d)`),
        (_all, start: string, digit: string) => start + ((Number(digit) + 1) % 9),
      )
      assert.notEqual(lines[at], own)
    }
    const cases: [what: string, change: (lines: string[]) => void, finds: RegExp][] = [
      ['nothing', () => undefined, /^$/],
      [
        'an entry left out',
        (lines) => void lines.splice(entryIn(lines).at, entryIn(lines).length),
        /posting \d+ is missing/,
      ],
      [
        'an entry twice',
        (lines) => {
          const { at, length } = entryIn(lines)
          lines.splice(at, 0, ...lines.slice(at, at + length))
        },
        /numbers go back/,
      ],
      ['an amount', (lines) => change(lines, 'posting', 'amount'), /is off by/],
      ['a balance', (lines) => change(lines, 'posting', 'balance'), /not -?\d/],
      ['an opening balance', (lines) => change(lines, 'opening', 'balance'), /is off by/],
      ['a closing balance', (lines) => change(lines, 'closing', 'balance'), /comes to/],
      ['the year of an entry', (lines) => change(lines, 'entry', 'at'), /not in the month/],
      [
        'an account left out',
        (lines) => void lines.splice(firstOf(lines, 'closing'), 1),
        /accounts are missing/,
      ],
    ]
    for (const [what, alter, finds] of cases) {
      it(`finds: ${what}`, () => assert.match(forged(alter), finds))
    }
  })
})

it('a month begins and ends at midnight in Shanghai', () => {
  assert.deepEqual(boundsOfMonth('2014-12'), {
    from: Date.UTC(2014, 10, 30, 16),
    to: Date.UTC(2014, 11, 31, 16),
  })
  assert.throws(() => boundsOfMonth('2014-13'))
})

it('what other tables say about an entry of the month is archived with it', async () => {
  const { database, drop } = await testDatabase()
  const owner = database.connect('owner', { max: 1 })
  await owner.unsafe(`
    create table ledger.sample (entry int8, words jsonb);
    insert into ledger.sample values (1, '{}'), (2, '{"a": "b"}'), (2, null), (3, '[]');
    insert into ledger.entry (number, kind, ref, at) select i, 'sample', i,
      ('2026-0' || i || '-10')::date from generate_series(1, 3) i;
    insert into ledger.posting (account, seq, entry, amount, balance, at)
      select account, i, i, amount, i * amount, ('2026-0' || i || '-10')::date
      from generate_series(1, 3) i, (values ('1010', 5), ('2010:x', -5)) p (account, amount)`)
  let text = ''
  const { details } = await archiveMonth(owner, '2026-02', (piece) => void (text += piece))
  await owner.end()
  await drop()
  assert.equal(details, 2)
  assert.match(text, /"detail":\{.*"table": "sample"/)
  const lines = text.trimEnd().split('\n')
  assert.deepEqual(read(lines).faults, [])
  const other = lines.map((line) => (line.includes('"words"') ? line.replace('"2"', '"3"') : line))
  assert.match(read(other).faults.join(), /sample: entry 3 is not in the file/)
})
