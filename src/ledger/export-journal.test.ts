import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { addDays, day, localDateOf, required } from '#kernel'
import { createScratchFolder, removeScratchFolder } from '#test-support'
import {
  openLedgerStage,
  places,
  stageStart,
  type LedgerStage,
} from '../../test/properties/ledger-stage.ts'
import { createBooks } from '../../test/properties/ledger-stream.ts'
import { exportJournal, journalFormats, type JournalSelection } from './export-journal.ts'
import type { JournalFormatName } from './export-journal.ts'
import { readJournal } from './journal-reader.ts'

/** Not a part of this repository: used where the machine has them. */
const programs = {
  hledger: ['hledger', (file) => ['-f', file, 'check', '-s', 'ordereddates']],
  ledger: ['ledger', (file) => ['-f', file, '--pedantic', 'balance']],
  beancount: ['bean-check', (file) => ['--no-cache', file]],
} as const satisfies Record<JournalFormatName, readonly [string, (file: string) => string[]]>

const isHere = (program: string) => spawnSync(program, ['--version']).status === 0

describe('the journal as a file', () => {
  const folder = createScratchFolder('journal')
  let stage: LedgerStage
  const whole: Record<JournalFormatName, string> = { hledger: '', ledger: '', beancount: '' }

  before(async () => {
    const postgres = required(
      places.find(({ name }) => name === 'PostgreSQL'),
      'a place',
    )
    stage = await openLedgerStage(postgres.open)
    for (const steps of createBooks(7, { days: 12 })) {
      for (const step of steps(stage.clock.now())) await stage.ask(step).catch(() => undefined)
      stage.clock.advance(day / 2)
    }
    for (const format of journalFormats) whole[format] = await exported({ format })
  })
  after(async () => {
    removeScratchFolder(folder)
    await stage.close()
  })

  async function exported(selection: JournalSelection): Promise<string> {
    const pieces: string[] = []
    const write = (piece: string) => void pieces.push(piece)
    const done = await exportJournal(required(stage.place.sql, 'sql'), write, selection)
    assert.ok(done.ok)
    return pieces.join('')
  }

  /** null when the program is not here; '' when it finds nothing wrong. */
  function complaintOf(format: JournalFormatName, input: string): string | null {
    const [program, optionsFor] = programs[format]
    if (!isHere(program)) return null
    const file = join(folder, `journal.${format}`)
    writeFileSync(file, input)
    const { status, stderr } = spawnSync(program, optionsFor(file), { encoding: 'utf8' })
    return status === 0 ? '' : `exit ${status}: ${stderr}`
  }

  const dayOfStage = (days: number) => addDays(localDateOf(stageStart), days)
  const parts: readonly [what: string, part: Omit<JournalSelection, 'format'>][] = [
    ['the whole journal', {}],
    ['days from the middle', { from: dayOfStage(3) }],
    ['days up to the middle', { to: dayOfStage(2) }],
    ['one day', { from: dayOfStage(2), to: dayOfStage(2) }],
    ['days after the last entry', { from: dayOfStage(400) }],
    ['days before the first entry', { to: dayOfStage(-400) }],
    ['one account', { account: '1010' }],
    ['one account on some days', { account: '1010', from: dayOfStage(2), to: dayOfStage(4) }],
  ]

  for (const format of journalFormats) {
    describe(`for ${format}`, () => {
      it('is complete, balances, and every balance it states is true', async () => {
        const { faults, entries, accounts, postings, balances } = readJournal(whole[format], format)
        assert.deepEqual(faults, [])
        assert.equal(entries, await stage.place.entries())
        assert.equal(accounts, (await stage.place.counters()).size)
        assert.ok(postings >= 2 * entries && entries > 50)
        assert.ok(format === 'beancount' ? balances > 20 : balances > postings)
      })

      it('is the same file every time', async () => {
        assert.equal(await exported({ format }), whole[format])
      })

      for (const [what, part] of parts) {
        it(`passes our own reader: ${what}`, async () => {
          const text = await exported({ format, ...part })
          assert.deepEqual(readJournal(text, format).faults, [])
        })

        it(`passes the checks of ${programs[format][0]}: ${what}`, async (t) => {
          const complaint = complaintOf(format, await exported({ format, ...part }))
          if (complaint === null) return t.skip(`${programs[format][0]} is not on PATH`)
          assert.equal(complaint, '')
          return undefined
        })
      }

      for (const place of ['first', 'middle', 'last'] as const) {
        for (const [what, change] of changesIn(format)) {
          it(`shows ${what}, be it the ${place}`, () => {
            const text = changed(whole[format], { what, change, place })
            assert.notEqual(text, whole[format])
            assert.ok(readJournal(text, format).faults.length > 0)
          })
        }

        it(`lets ${programs[format][0]} show a balanced entry twice, be it the ${place}`, (t) => {
          const twice = { what: 'twice', change: (entry: string) => `${entry}\n${entry}`, place }
          const complaint = complaintOf(format, changed(whole[format], twice))
          if (complaint === null) return t.skip(`${programs[format][0]} is not on PATH`)
          assert.notEqual(complaint, '')
          return undefined
        })
      }

      it('shows that it was cut off', () => {
        const half = whole[format].slice(0, whole[format].lastIndexOf('\n\n'))
        assert.match(readJournal(half, format).faults.join(), /cut off/)
      })

      it('shows an entry twice in the file of one account', async () => {
        const text = await exported({ format, account: '1010' })
        const twice = { what: 'twice', change: (entry: string) => `${entry}\n${entry}` }
        const { faults } = readJournal(changed(text, { ...twice, place: 'middle' }), format)
        assert.ok(faults.length > 0)
      })
    })
  }

  it('begins with balances, so that days put together are the whole', async () => {
    const counted = async (part: Omit<JournalSelection, 'format'>) =>
      readJournal(await exported({ format: 'hledger', ...part }), 'hledger').entries
    const [before, later] = [{ to: dayOfStage(2) }, { from: dayOfStage(3) }]
    assert.ok((await counted(before)) > 0 && (await counted(later)) > 0)
    assert.equal((await counted(before)) + (await counted(later)), await stage.place.entries())
  })

  it('takes the entries of one account with all their postings', async () => {
    const text = await exported({ format: 'hledger', account: '1010' })
    const { entries, accounts, postings, balances } = readJournal(text, 'hledger')
    assert.equal(balances - 1, (await stage.place.postings('1010')).length)
    assert.ok(entries > 0 && accounts > 1 && postings >= 2 * entries)
  })

  it('refuses an account that is not there, and writes nothing', async () => {
    const write = () => assert.fail('nothing is to be written')
    const sql = required(stage.place.sql, 'sql')
    const done = await exportJournal(sql, write, { format: 'ledger', account: '2010:nobody' })
    assert.deepEqual(done, { ok: false, error: 'account_not_found' })
  })

  it('waits for the writer', async () => {
    let writing = 0
    const write = async () => {
      writing += 1
      assert.equal(writing, 1)
      await new Promise((resolve) => setImmediate(resolve))
      writing -= 1
    }
    const sql = required(stage.place.sql, 'sql')
    assert.ok((await exportJournal(sql, write, { format: 'beancount' })).ok)
  })
})

interface Change {
  readonly what: string
  readonly change: (entry: string) => string
  readonly place: 'first' | 'middle' | 'last'
}

function changed(text: string, { what, change, place }: Change): string {
  const own = (text.match(/^\d{4}-\d\d-\d\d \* [^]*?\n\n/gm) ?? []).filter(
    (entry) => !/closing balances|opening/.test(entry),
  )
  const chosen = own.at({ first: 0, middle: own.length >> 1, last: -1 }[place]) ?? ''
  // The first entry has nothing before it: put it behind its follower instead.
  const swapped = place === 'first' && what.includes('back in time')
  return text.replace(chosen, swapped ? chosen.replace(/^\d{4}/, '2099') : change(chosen))
}

function changesIn(format: JournalFormatName): readonly (readonly [string, Change['change']])[] {
  const account = format === 'beancount' ? /(Assets|Liabilities|Equity):\S+/ : /(OP|REG):\S+/
  return [
    ['an entry that is there twice', (entry) => `${entry}\n${entry}`],
    ['an entry that is missing', () => ''],
    ['an amount changed on both sides', (entry) => entry.replace(/  (-?)\d+\.\d\d/g, '  $11.23')],
    ['an amount changed on one side', (entry) => entry.replace(/  (\d+)\.(\d\d)/, '  $1.9$2')],
    ['an account nobody declared', (entry) => entry.replace(account, '$1:elsewhere')],
    ['an entry back in time', (entry) => entry.replace(/^\d{4}/, '1999')],
  ]
}
