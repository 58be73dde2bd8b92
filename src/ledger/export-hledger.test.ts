import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { after, before, describe, it } from 'node:test'
import { day } from '#kernel'
import { openLedgerStage, places, type LedgerStage } from '../../test/properties/ledger-stage.ts'
import { createBooks } from '../../test/properties/ledger-stream.ts'
import { exportHledger } from './export-hledger.ts'
import { readJournal } from './hledger-reader.ts'

/** Not a part of this repository: used where the machine has it. */
const hledger = 'hledger'

describe('the journal for hledger', () => {
  let stage: LedgerStage
  let journal = ''
  before(async () => {
    const postgres = places.find(({ name }) => name === 'PostgreSQL')
    assert.ok(postgres !== undefined)
    stage = await openLedgerStage(postgres.open)
    for (const steps of createBooks(7, { days: 12 })) {
      for (const step of steps(stage.clock.now())) await stage.ask(step).catch(() => undefined)
      stage.clock.advance(day / 2)
    }
    journal = await exported()
  })
  after(() => stage.close())

  async function exported(): Promise<string> {
    const { sql } = stage.place
    assert.ok(sql !== undefined)
    const pieces: string[] = []
    const count = await exportHledger(sql, (piece) => {
      pieces.push(piece)
    })
    assert.equal(count.entries, await stage.place.entries())
    return pieces.join('')
  }

  it('is complete, balances, and every balance it states is true', async () => {
    const { faults, entries, accounts, postings } = readJournal(journal)
    assert.deepEqual(faults, [])
    assert.equal(entries, await stage.place.entries())
    assert.equal(accounts, (await stage.place.counters()).size)
    assert.ok(postings >= 2 * entries && entries > 50)
  })

  it('is the same file every time', async () => {
    assert.equal(await exported(), journal)
  })

  const changes: readonly [what: string, change: (entry: string) => string][] = [
    ['an entry that is there twice', (entry) => `${entry}\n${entry}`],
    ['an entry that is missing', () => ''],
    ['an amount changed on both sides', (entry) => entry.replace(/  (-?)\d+\.\d\d/g, '  $11.23')],
    ['an amount changed on one side', (entry) => entry.replace(/  (\d+)\.(\d\d)/, '  $1.9$2')],
    ['an account nobody declared', (entry) => entry.replace(/(OP|REG):\S+/, '$1:elsewhere')],
    ['an entry back in time', (entry) => entry.replace(/^\d{4}/, '1999')],
  ]
  for (const place of ['first', 'middle', 'last'] as const) {
    for (const [what, change] of changes) {
      it(`shows ${what}, be it the ${place}`, () => {
        const entries = journal.match(/^\d{4}-[^]*?\n\n/gm) ?? []
        const own = entries.filter((entry) => !entry.includes('closing balances'))
        const chosen = own.at({ first: 0, middle: own.length >> 1, last: -1 }[place]) ?? ''
        // The first entry has nothing before it: put it behind its follower instead.
        const swapped = place === 'first' && what.includes('back in time')
        const text = swapped
          ? journal.replace(chosen, chosen.replace(/^\d{4}/, '2099'))
          : journal.replace(chosen, change(chosen))
        assert.notEqual(text, journal)
        assert.ok(readJournal(text).faults.length > 0)
      })
    }
  }

  it('shows that it was cut off', () => {
    const half = journal.slice(0, journal.lastIndexOf('\n\n'))
    assert.match(readJournal(half).faults.join(), /cut off/)
  })

  it('passes the checks of hledger itself', (t) => {
    if (spawnSync(hledger, ['--version']).status !== 0) return t.skip('hledger is not on PATH')
    const check = (input: string) =>
      spawnSync(hledger, ['-f', '-', 'check', '-s', 'ordereddates'], { input, encoding: 'utf8' })
    const sound = check(journal)
    assert.equal(sound.status, 0, sound.stderr)
    const entry = journal.match(/^\d{4}-[^]*?\n\n/m)?.[0] ?? ''
    assert.notEqual(check(journal.replace(entry, entry + entry)).status, 0)
    return undefined
  })
})
