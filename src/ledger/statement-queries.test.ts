import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { Sql } from '#database'
import { hour, required } from '#kernel'
import {
  openLedgerStage,
  places,
  stageStart,
  type LedgerStage,
} from '../../test/properties/ledger-stage.ts'
import { entryToReverse } from './entry-queries.ts'
import { balancesOf } from './queries-balances.ts'
import { balanceAt } from './queries-past.ts'
import { statement } from './statement-queries.ts'
import { trialBalance } from './trial-balance-queries.ts'

describe('reading the books', () => {
  let stage: LedgerStage
  let sql: Sql
  before(async () => {
    const postgres = required(
      places.find(({ name }) => name === 'PostgreSQL'),
      'PostgreSQL',
    )
    stage = await openLedgerStage(postgres.open)
    sql = required(stage.place.sql, 'a reader')
    await stage.open('1010', '2010:a', '2010:b', '2020:a', 'R100', 'R201:a')
    await post([{ debit: '1010', credit: '2010:a', amount: 500n }])
    for (let i = 1n; i <= 4n; i += 1n) {
      stage.clock.advance(hour)
      await post([{ debit: '2010:a', credit: '2010:b', amount: i * 10n }])
    }
    stage.clock.advance(hour)
    // One entry in two books that crosses an account.
    await post([
      { debit: 'R100', credit: 'R201:a', amount: 7n },
      { debit: '2010:a', credit: '2020:a', amount: 50n },
      { debit: '2020:a', credit: '2010:b', amount: 50n },
    ])
  })
  after(() => stage.close())
  const post = (legs: { debit: string; credit: string; amount: bigint }[]) =>
    stage.done({ do: 'post', legs })

  it('states an account newest first, amounts and balances as its owner sees them', async () => {
    const rows = await statement(sql, { accounts: ['2010:a'], limit: 3 })
    assert.deepEqual(
      rows.map(({ seq, amount, balance, counterAccount }) => ({
        seq,
        amount,
        balance,
        counterAccount,
      })),
      [
        { seq: 6n, amount: -50n, balance: 350n, counterAccount: null },
        { seq: 5n, amount: -40n, balance: 400n, counterAccount: '2010:b' },
        { seq: 4n, amount: -30n, balance: 440n, counterAccount: '2010:b' },
      ],
    )
    assert.equal(rows[0]?.at, stageStart + 5 * hour)
    assert.equal(rows[0]?.kind, 'test')
  })

  it('goes on where a page ended, over several accounts, leaving nothing out', async () => {
    const accounts = ['2010:a', '2020:a', '2010:b', 'R201:a']
    const whole = await statement(sql, { accounts, limit: 100 })
    assert.equal(whole.length, 6 + 2 + 5 + 1)
    const paged = []
    for (let before = undefined as (typeof whole)[number] | undefined; ;) {
      const page = { accounts, limit: 2 }
      const rows = await statement(sql, before === undefined ? page : { ...page, before })
      if (rows.length === 0) break
      paged.push(...rows)
      before = rows.at(-1)
    }
    assert.deepEqual(paged, [...whole])
  })

  it('answers nothing for accounts that are not there', async () => {
    for (const accounts of [[], ['2010:ghost']]) {
      assert.equal((await statement(sql, { accounts, limit: 5 })).length, 0)
    }
  })

  it('knows every balance at any moment of the past', async () => {
    const accounts = ['2010:a', '2010:b', '1010', 'R201:a', '2010:ghost']
    const at = async (before: number) =>
      Object.fromEntries(await balanceAt(sql, { accounts, before }))
    assert.deepEqual(await at(stageStart), { '1010': 0n, '2010:a': 0n, '2010:b': 0n, 'R201:a': 0n })
    assert.deepEqual(await at(stageStart + 2 * hour), {
      '1010': 500n,
      '2010:a': 490n,
      '2010:b': 10n,
      'R201:a': 0n,
    })
    assert.deepEqual(await at(stageStart + 9 * hour), {
      '1010': 500n,
      '2010:a': 350n,
      '2010:b': 150n,
      'R201:a': 7n,
    })
  })

  it('finds an entry with its postings, as it would be reversed', async () => {
    const [row] = await statement(sql, { accounts: ['2010:b'], limit: 1 })
    const found = await entryToReverse(sql, required(row, 'a row').entry)
    assert.deepEqual(found?.postings, [
      { account: '2010:a', amount: 50n },
      { account: '2010:b', amount: -50n },
      { account: '2020:a', amount: -50n },
      { account: '2020:a', amount: 50n },
      { account: 'R100', amount: 7n },
      { account: 'R201:a', amount: -7n },
    ])
    assert.equal(await entryToReverse(sql, 999n), null)
  })

  it('shows three balances and the version, by account and by code', async () => {
    const legs = [{ debit: '2010:a', credit: '2010:b', amount: 30n }]
    await stage.done({ do: 'hold', id: 'shown', legs, expiresAt: null })
    assert.deepEqual(Object.fromEntries(await balancesOf(sql, ['2010:a', '2010:b', 'none'])), {
      '2010:a': { version: 6n, posted: 350n, pending: -30n, available: 320n },
      '2010:b': { version: 5n, posted: 150n, pending: 30n, available: 150n },
    })
    const wallets = (await trialBalance(sql)).lines.find(({ code }) => code === '2010')
    assert.deepEqual([wallets?.balance, wallets?.pending, wallets?.available], [500n, 0n, 470n])
    await stage.done({ do: 'void', id: 'shown' })
  })

  it('adds up by code and book, each book to nothing', async () => {
    const { lines, books, difference } = await trialBalance(sql)
    assert.deepEqual(
      lines.map(({ code, name, accounts, balance }) => [code, name, accounts, balance]),
      [
        ['1010', 'Reserve cash at bank', 1, 500n],
        ['2010', 'Wallet available', 2, 500n],
        ['2020', 'Wallet held', 1, 0n],
        ['R100', 'Units outstanding', 1, 7n],
        ['R201', 'Units available', 1, 7n],
      ],
    )
    assert.deepEqual(books, [
      { book: 'OP', difference: 0n },
      { book: 'REG', difference: 0n },
    ])
    assert.equal(difference, 0n)
  })
})
