import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { testDatabase, type TestDatabase } from '#test-support'
import type { Sql, Tx } from './pool.ts'
import { isUnavailable } from './unavailable.ts'

describe('a pool', () => {
  let context: TestDatabase
  let sql: Sql

  before(async () => {
    context = await testDatabase()
    sql = context.database.connect('owner', { max: 3 })
    await sql.unsafe('create schema sample; create table sample.row (n int primary key)')
  })
  after(async () => {
    await sql.end()
    await context.drop()
  })

  /** Ends the server's side of connections of this pool, as a crash would. */
  async function cutOff(pids: readonly number[]): Promise<void> {
    await context.database.asAdmin(
      (admin) => admin`select pg_terminate_backend(pid) from unnest(${[...pids]}::int[]) pid`,
    )
  }

  async function pidOf(client: Sql | Tx): Promise<number> {
    const [row] = await client<{ pid: number }[]>`select pg_backend_pid() as pid`
    return row?.pid ?? 0
  }

  test('commits a transaction and hands out its result', async () => {
    const answer = await sql.begin(async (tx) => {
      await tx`insert into sample.row values (1)`
      return 'kept'
    })
    assert.equal(answer, 'kept')
    assert.equal((await sql`select from sample.row where n = 1`).length, 1)
  })

  test('rolls back what throws', async () => {
    const failing = sql.begin(async (tx) => {
      await tx`insert into sample.row values (2)`
      throw new Error('no')
    })
    await assert.rejects(failing, /^Error: no$/)
    assert.equal((await sql`select from sample.row where n = 2`).length, 0)
  })

  test('does not report as committed what PostgreSQL rolled back', async () => {
    const careless = sql.begin(async (tx) => {
      await tx`insert into sample.row values (3)`
      await tx`select 1 / 0`.catch(() => undefined)
    })
    await assert.rejects(careless, /a statement of the transaction had failed/)
  })

  test('undoes a savepoint alone', async () => {
    await sql.begin(async (tx) => {
      await tx`insert into sample.row values (4)`
      await tx
        .savepoint(async (inner) => {
          await inner`insert into sample.row values (5)`
          throw new Error('undo')
        })
        .catch(() => undefined)
    })
    const rows = await sql<{ n: number }[]>`select n from sample.row where n in (4, 5)`
    assert.deepEqual([...rows], [{ n: 4 }])
  })

  test('outlives a connection lost inside a transaction, whatever follows', async () => {
    const lost = sql.begin(async (tx) => {
      await cutOff([await pidOf(tx)])
      await tx`select 1`.catch(() => undefined)
      await sleep(20)
      await tx`select 2`
    })
    await assert.rejects(lost, isUnavailable)
    assert.deepEqual([...(await sql`select 1 as one`)], [{ one: 1 }])
  })

  test('outlives the loss of all its connections with queries under way, many times', async () => {
    for (let round = 0; round < 20; round += 1) {
      const pids = new Set(await Promise.all([pidOf(sql), pidOf(sql), pidOf(sql)]))
      const running = Array.from({ length: 12 }, () =>
        sql`select pg_sleep(0.05)`.then(
          () => sql`select 1`,
          () => sql`select 2`,
        ),
      )
      const settled = Promise.allSettled(running)
      await cutOff([...pids])
      for (const answer of await settled) {
        if (answer.status === 'rejected') assert.ok(isUnavailable(answer.reason), answer.reason)
      }
      assert.deepEqual([...(await sql`select 1 as one`)], [{ one: 1 }])
    }
  })
})
