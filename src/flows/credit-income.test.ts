import assert from 'node:assert/strict'
import { setTimeout as sleep } from 'node:timers/promises'
import { after, before, describe, it } from 'node:test'
import { createLane, createPostgresStore, type Lane } from '#commit'
import type { Sql } from '#database'
import { advanceBank, declareIncome, holderUnits, incomeTurn, sharesOf } from '#fund'
import { createManualClock, createSeededRandom, type Random } from '#kernel'
import { fenOf, shareOut } from '#ledger'
import { testDatabase, type TestDatabase } from '#test-support'
import { createCreditIncome } from './credit-income.ts'

/** One account at the day's end, and what was posted on it since. */
interface Line {
  code: string
  owner: string | null
  atEnd: bigint
  movedSince: bigint
}

const dayEnd = Date.parse('2014-01-02T00:00:00+08:00')

/** A register as it might be: whole classes of equal holders, so that fractions tie. */
function draw(random: Random, most: number): Line[] {
  const lines: Line[] = []
  const equal = BigInt(random.between(1, most))
  for (let index = 0; index < random.between(1, 60); index += 1) {
    const owner = `cus_${random.between(100, 999)}${index}`
    const units = () => (random.next() < 0.3 ? equal : BigInt(random.between(0, most)))
    const moved = () => (random.next() < 0.2 ? BigInt(random.between(0, 1_000)) : 0n)
    lines.push({ code: 'R201', owner, atEnd: units(), movedSince: moved() })
    for (const code of ['R202', 'R203']) {
      if (random.next() < 0.2) lines.push({ code, owner, atEnd: units(), movedSince: moved() })
    }
  }
  for (const code of ['R204', 'R205']) {
    lines.push({ code, owner: null, atEnd: BigInt(random.between(0, most)), movedSince: 0n })
  }
  return lines
}

const idOf = ({ code, owner }: Line) => (owner === null ? code : `${code}:${owner}`)

describe('an amount shared in SQL', () => {
  let test: TestDatabase
  let owner: Sql
  let app: Sql
  before(async () => {
    test = await testDatabase()
    owner = test.database.connect('owner', { max: 1 })
    app = test.database.connect('app', { max: 1 })
  })
  after(async () => {
    await Promise.all([owner.end(), app.end()])
    await test.drop()
  })

  async function write(lines: readonly Line[]): Promise<void> {
    await owner`truncate ledger.account, ledger.entry, ledger.posting`
    for (const line of lines) {
      const id = idOf(line)
      const units = line.atEnd + line.movedSince
      await owner`insert into ledger.account (id, code, owner, book, side, not_negative,
          debits_posted, credits_posted, debits_pending, credits_pending, posting_seq, opened_at,
          row_version)
        values (${id}, ${line.code}, ${line.owner}, 'REG', 'credit', true, ${17n},
          ${units + 17n}, 0, 0, 2, now(), 1)`
      if (line.movedSince === 0n) continue
      // Posted after the day: does not count. Income of an earlier day posted then: counts.
      await owner`insert into ledger.posting values (${id}, 2, 7, ${-line.movedSince}, 0, now())`
    }
    await owner`insert into ledger.entry (number, kind, ref, at) values
      (6, 'transfer', 'before', to_timestamp(${dayEnd / 1_000 - 1})),
      (7, 'transfer', 'after', to_timestamp(${dayEnd / 1_000}))`
  }

  async function inSql(
    amount: bigint,
    late: readonly { owner: string | null; units: bigint }[],
    leaving: readonly { owner: string; units: bigint }[] = [],
  ) {
    const shared = await shareOut(app, {
      amount,
      before: dayEnd,
      counting: { kind: 'fund_income', refBefore: '2014-01-01' },
      late,
      leaving,
    })
    if (!shared.ok) return shared.error
    const rows = await app.unsafe<{ account: string; fen: bigint }[]>(`
      select account, ${fenOf(shared.value.rule)} as fen from ledger.share_out`)
    const { units, holders } = shared.value
    return { units, holders, shares: rows.filter(({ fen }) => fen !== 0n) }
  }

  function inMemory(
    amount: bigint,
    lines: readonly Line[],
    others: {
      late: readonly { owner: string | null; units: bigint }[]
      leaving: readonly { owner: string; units: bigint }[]
    },
  ) {
    const { late, leaving } = others
    const register = lines.map(({ atEnd, ...holder }) => ({ ...holder, units: atEnd }))
    const lateUnits = late.map(({ owner: whose, units }) => ({
      customerId: whose ?? advanceBank,
      units,
    }))
    const holders = holderUnits(
      register,
      lateUnits,
      leaving.map(({ owner: customerId, units }) => ({ customerId, units })),
    )
    const shared = sharesOf(amount, holders)
    if (!shared.ok) return shared.error
    const shares = shared.value.map(({ customerId, amount: fen }) => ({
      account: customerId === advanceBank ? 'R205' : `R201:${customerId}`,
      fen: fen < 0n ? -fen : fen,
    }))
    const units = holders.reduce((sum, holder) => sum + holder.units, 0n)
    return { units, holders: holders.length, shares }
  }

  const sorted = <T extends { account: string }>(rows: readonly T[]) =>
    rows.map((row) => ({ ...row })).toSorted((a, b) => (a.account < b.account ? -1 : 1))

  for (const [size, most, largest] of [
    ['fen and cents', 50, 400],
    ['ordinary amounts', 100_000_00, 1_000_000_00],
    ['products beyond 63 bits', 2_000_000_000, 2_000_000_000],
  ] as const) {
    it(`gives everybody what the rule gives, to the fen: ${size}`, async () => {
      const random = createSeededRandom(most)
      for (let round = 0; round < 12; round += 1) {
        const lines = draw(random, most)
        await write(lines)
        const some = lines.filter(({ code }) => code === 'R201' && random.next() < 0.1)
        const late = some.map(({ owner: whose }) => ({ owner: whose, units: 3n }))
        if (round % 3 === 0) late.push({ owner: null, units: 5n })
        const sign = round % 4 === 3 ? -1n : 1n
        const scale = size.startsWith('products') ? 1_000_000_000n : 1n
        const amount = sign * scale * BigInt(random.between(1, largest))
        // Of what is to be redeemed, a part is with the fund already.
        const leaving = lines
          .filter(({ code, owner: whose }) => code === 'R203' && whose !== null)
          .map((line) => ({ owner: line.owner ?? '', units: line.atEnd / BigInt(1 + (round % 3)) }))
        const expected = inMemory(amount, lines, { late, leaving })
        const found = await inSql(amount, late, leaving)
        if (typeof expected === 'string' || typeof found === 'string') {
          assert.equal(found, expected)
          continue
        }
        const message = `round ${round}: ${amount}`
        assert.deepEqual(sorted(found.shares), sorted(expected.shares), message)
        assert.equal(found.units, expected.units, message)
        assert.equal(found.holders, expected.holders, message)
        const sum = found.shares.reduce((total, { fen }) => total + fen, 0n)
        assert.equal(sum, amount < 0n ? -amount : amount, message)
      }
    })
  }

  it('counts income of an earlier day that was posted after the day', async () => {
    const line: Line = { code: 'R201', owner: 'cus_1', atEnd: 100n, movedSince: 40n }
    await write([line])
    await owner`update ledger.entry set kind = 'fund_income', ref = '2013-12-31/0' where number = 7`
    const found = await inSql(10n, [])
    assert.ok(typeof found !== 'string')
    assert.equal(found.units, 140n)
    await owner`update ledger.entry set ref = '2014-01-01/0' where number = 7`
    const same = await inSql(10n, [])
    assert.ok(typeof same !== 'string')
    assert.equal(same.units, 100n)
  })

  it('has nobody to give to without units', async () => {
    await write([])
    assert.equal(await inSql(1n, []), 'no_earning_units')
  })
})

describe('the income of thousands, interrupted', () => {
  const holders = 3_000
  const income = 411_003n
  const date = '2014-01-01'
  let test: TestDatabase
  let owner: Sql
  let sql: Sql
  let lanes: Lane[] = []

  before(async () => {
    test = await testDatabase()
    owner = test.database.connect('owner', { max: 1 })
    sql = test.database.connect('app', { max: 4 })
  })
  after(async () => {
    for (const lane of lanes) await lane.close()
    await Promise.all([owner.end(), sql.end()])
    await test.drop()
  })

  /** Books in which everybody has held some units since the eve of the day; the day is declared. */
  async function begin(incomeFen = income) {
    for (const lane of lanes) await lane.close()
    lanes = []
    const at = new Date(dayEnd - 2 * 86_400_000).toISOString()
    await owner.unsafe(`
      truncate ledger.account, ledger.entry, ledger.posting, fund.day, commit.request;
      update commit.lane set last_instant = '${at}';
      insert into ledger.account (id, code, owner, book, side, not_negative, debits_posted,
        credits_posted, debits_pending, credits_pending, posting_seq, opened_at, row_version)
      select 'R201:cus_' || i, 'R201', 'cus_' || i, 'REG', 'credit', true, 0, 1000 + i * 7, 0, 0, 1,
        '${at}', 1 from generate_series(1, ${holders}) i;
      insert into ledger.account (id, code, book, side, not_negative, debits_posted,
        credits_posted, debits_pending, credits_pending, posting_seq, opened_at, row_version)
      select code, code, book, side, false, 0, 0, 0, 0, 0, '${at}', 1
      from (values ('R100', 'REG', 'debit'), ('F102', 'FUND', 'debit'), ('F300', 'FUND', 'credit'),
        ('F401', 'FUND', 'credit')) as fixed(code, book, side)`)
    const lane = newLane()
    const input = { date, incomeFen, managerUnits: 0n }
    const declared = { owner: 'fund', id: `declare:${date}`, content: date, input }
    await lane.submit(declareIncome, declared)
    return lane
  }

  function newLane(): Lane {
    const wait = (ms: number): Promise<void> => sleep(ms, undefined)
    const connect = () => test.database.connect('app', { max: 1 })
    const lane = createLane({
      store: createPostgresStore({ connect, sleep: wait }),
      clock: createManualClock(dayEnd + 60_000),
      sleep: wait,
    })
    lanes.push(lane)
    return lane
  }

  const creditOn = (lane: Lane, stopping?: AbortSignal) =>
    createCreditIncome({
      lane,
      sql,
      bulkConnection: () => test.database.connect('app', { max: 1 }),
      now: () => lane.now(),
      partners: {},
      ...(stopping !== undefined && { stopping }),
      log: { info: () => undefined, warn: () => undefined },
    })(date)

  /** Everybody once, to the fen, in the counters and in the postings; the day says so, too. */
  async function prove(expected: bigint) {
    const [row] = await owner<[Record<string, bigint | string>]>`
      select
        (select sum(credits_posted - debits_posted)::int8 from ledger.account where code = 'R201')
          - (select sum(1000 + i * 7) from generate_series(1, ${holders}) i)::int8 as counters,
        (select -sum(amount)::int8 from ledger.posting where account like 'R201%') as postings,
        (select count(*)::int8 from ledger.posting where account like 'R201%') as rows,
        (select count(distinct account)::int8 from ledger.posting where account like 'R201%')
          as accounts,
        (select count(*)::int8 from ledger.account where posting_seq <> row_version - 1
          + case code when 'R201' then 1 else 0 end and code = 'R201'
            and id not in (select account from ledger.account_act)) as gaps,
        (select sum(debits_posted - credits_posted)::int8 from ledger.account where id = 'R100')
          as issued,
        (select credited_fen from fund.day) as credited, (select state from fund.day) as state`
    assert.equal(row['counters'], expected)
    assert.equal(row['postings'], expected)
    assert.equal(row['rows'], row['accounts'], 'nobody twice')
    assert.equal(row['gaps'], 0n)
    assert.equal(row['issued'], expected)
    assert.equal(row['credited'], expected)
    assert.equal(row['state'], 'credited')
  }

  for (const at of [0, 1, 2]) {
    it(`goes on where it stopped when the process dies after ${at} chunks`, async () => {
      const lane = await begin()
      let chunks = 0
      const dying: Lane = {
        ...lane,
        bulk: (own, step) => {
          chunks += 1
          return chunks > at ? Promise.reject(new Error('killed')) : lane.bulk(own, step)
        },
      }
      await assert.rejects(creditOn(dying), /killed/)
      assert.equal(chunks, at + 1, 'there are more chunks than that')
      assert.ok((await creditOn(newLane())).ok)
      await prove(income)
    })
  }

  it('goes on when the database has cut the connection in the middle', async () => {
    const lane = await begin()
    let chunks = 0
    const cut: Lane = {
      ...lane,
      bulk: (own, step) =>
        lane.bulk(own, async (turn) => {
          const done = await step(turn)
          chunks += 1
          if (chunks === 2) {
            const [row] = await turn.tx<[{ pid: number }]>`select pg_backend_pid() as pid`
            await test.database.asAdmin((admin) => admin`select pg_terminate_backend(${row.pid})`)
          }
          return done
        }),
    }
    assert.deepEqual(await creditOn(cut), { ok: false, error: { code: 'unavailable' } })
    assert.ok((await creditOn(lane)).ok)
    await prove(income)
  })

  it('finds those whose rows have moved since they were counted', async () => {
    const lane = await begin()
    let moved = 0
    const meanwhile: Lane = {
      ...lane,
      bulk: async (own, step) => {
        const rows = await owner`update ledger.account set row_version = row_version
          where code = 'R201' and right(id, 1) = ${`${moved % 10}`}`
        moved += 1
        assert.ok(rows.count > 0)
        return lane.bulk(own, step)
      },
    }
    assert.ok((await creditOn(meanwhile)).ok)
    assert.ok(moved > 1)
    await prove(income)
  })

  it('is done once by two servers that begin together', async () => {
    const lane = await begin()
    const [one, two] = await Promise.all([creditOn(lane), creditOn(newLane())])
    assert.ok(one.ok && two.ok)
    await prove(income)
  })

  it('is left to another server by one that stops, in its chunks or waiting', async () => {
    const lane = await begin()
    const stopping = new AbortController()
    const chunks: Lane = {
      ...lane,
      bulk: async (own, step) => {
        const done = await lane.bulk(own, step)
        stopping.abort()
        return done
      },
    }
    const left = { ok: false, error: { code: 'unavailable' } }
    assert.deepEqual(await creditOn(chunks, stopping.signal), left)
    const holder = test.database.connect('app', { max: 1 })
    await incomeTurn(holder)
    const waiting = new AbortController()
    const waits = creditOn(newLane(), waiting.signal)
    await sleep(700)
    const asked = Date.now()
    waiting.abort()
    assert.deepEqual(await waits, left)
    assert.ok(Date.now() - asked < 2_000, 'it does not wait for the other')
    await holder.end()
    assert.ok((await creditOn(newLane())).ok)
    await prove(income)
  })

  it('reaches who has closed his account since he earned: it is open again', async () => {
    const lane = await begin()
    const closed = new Date(dayEnd + 1_000).toISOString()
    for (const who of ['cus_1', 'cus_2999']) {
      await owner`update ledger.account set closed_at = ${closed} where id = ${`R201:${who}`}`
    }
    assert.ok((await creditOn(lane)).ok)
    await prove(income)
    const acts = await owner<{ account: string; act: string; by: string; reason: string }[]>`
      select account, act, by, reason from ledger.account_act order by account`
    assert.deepEqual(
      acts.map(({ account, act, by }) => [account, act, by]),
      [
        ['R201:cus_1', 'reopened', 'ledger'],
        ['R201:cus_2999', 'reopened', 'ledger'],
      ],
    )
    assert.match(acts[0]?.reason ?? '', /^fund_income 2014-01-01\/0 came after it was closed$/)
    const rest = await owner`select from ledger.account where closed_at is not null`
    assert.equal(rest.length, 0)
    const [numbers] = await owner<[{ next: bigint; used: bigint }]>`
      select (select next_number from commit.lane) as next,
        greatest((select max(number) from ledger.entry),
          (select max(number) from ledger.account_act)) as used`
    assert.ok(numbers.used < numbers.next)
    await owner`truncate ledger.account_act`
  })

  it('takes a loss from everybody, and says so when nothing was earned', async () => {
    assert.ok((await creditOn(await begin(-income))).ok)
    await prove(-income)
    assert.ok((await creditOn(await begin(0n))).ok)
    const [day] = await owner<[{ state: string }]>`select state from fund.day`
    assert.equal(day.state, 'credited')
  })
})
