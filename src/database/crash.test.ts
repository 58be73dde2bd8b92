import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { after, before, describe, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { createScratchFolder, openInChild, removeScratchFolder } from '#test-support'
import type { Sql } from './pool.ts'
import { openDatabase, type Database } from './open-database.ts'
import { runningPostmaster } from './postmaster-pid.ts'

const checkout = import.meta.dirname

describe('after a crash', () => {
  const folder = createScratchFolder('crash')
  const data = `${folder}/postgresql`
  const config = { checkout, dataDir: folder }

  after(() => removeScratchFolder(folder))

  test('an orphan of a killed process is adopted, and stopped by who adopted it', async () => {
    const child = openInChild({ config, afterwards: 'stay' })
    await child.opened
    await child.kill()
    const orphan = runningPostmaster(data)?.pid
    assert.notEqual(orphan, undefined)
    const database = await openDatabase(config, () => undefined)
    assert.equal(runningPostmaster(data)?.pid, orphan)
    await database.close()
    assert.equal(runningPostmaster(data), undefined)
  })

  test("a left-over number that is now another process's does not prevent a start", async () => {
    const database = await openDatabase(config, () => undefined)
    const running = runningPostmaster(data)
    const port = `${running?.socket}`.replace('/.s.PGSQL.5432', '')
    await database.close()
    // What a kill -9 leaves, with the number since given to a process of ours: this one.
    writeFileSync(`${port}/.s.PGSQL.5432.lock`, `${process.ppid}\n${data}\n1\n5432\n${port}\n`)
    writeFileSync(`${data}/postmaster.pid`, `${process.ppid}\n${data}\n1\n5432\n${port}\n\n0 0\n`)
    const again = await openDatabase(config, () => undefined)
    await again.close()
  })

  test('a start that fails shows the end of the log of the server', async () => {
    const settings = `${data}/postgresql.conf`
    const good = readFileSync(settings, 'utf8')
    writeFileSync(settings, `${good}\nnonsense = 1\n`)
    await assert.rejects(
      openDatabase(config, () => undefined),
      /did not start .*postgresql\.log:\n.*unrecognized configuration parameter "nonsense"/s,
    )
    writeFileSync(settings, good)
  })

  describe('of PostgreSQL itself', () => {
    let database: Database
    let sql: Sql

    before(async () => {
      database = await openDatabase(config, () => undefined)
      await database.asAdmin(async (admin) => {
        await admin`create table if not exists public.acknowledged (n int)`
        await admin`grant all on public.acknowledged to coffer_app`
      })
      sql = database.within('coffer').connect('app', { max: 4 })
    })
    after(async () => {
      await sql.end()
      await database.close()
    })

    for (const round of [1, 2, 3]) {
      test(`round ${round}: it comes back by itself with every acknowledged row`, async () => {
        await answering(sql)
        const acknowledged = await insertUntilKilled(sql, data)
        assert.ok(acknowledged.length > 0)
        await answering(sql)
        const rows = await sql<{ n: number }[]>`select n from public.acknowledged`
        const there = new Set(rows.map(({ n }) => n))
        assert.deepEqual(
          acknowledged.filter((n) => !there.has(n)),
          [],
        )
        assert.equal(there.size, rows.length, 'nothing twice')
        await database.asAdmin((admin) => admin`truncate public.acknowledged`)
      })
    }

    test('ensureRunning resolves once it takes connections', async () => {
      process.kill(runningPostmaster(data)?.pid ?? 0, 'SIGKILL')
      await sleep(5)
      await database.ensureRunning()
      await database.asAdmin((admin) => admin`select 1`)
    })
  })
})

async function insertUntilKilled(sql: Sql, data: string): Promise<readonly number[]> {
  const acknowledged: number[] = []
  let broken = false
  const writers = [0, 1, 2, 3].map(async (writer) => {
    for (let n = writer; !broken; n += 4) {
      try {
        // Half of them alone, half in transactions of their own.
        if (n % 2 === 0) await sql`insert into public.acknowledged values (${n})`
        else await sql.begin((tx) => tx`insert into public.acknowledged values (${n})`)
        acknowledged.push(n)
      } catch {
        broken = true
      }
    }
  })
  await sleep(200)
  process.kill(runningPostmaster(data)?.pid ?? 0, 'SIGKILL')
  await Promise.all(writers)
  return acknowledged
}

/** Resolves when the server answers again; nobody helps it to. */
async function answering(sql: Sql): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await sql`select 1`
      return
    } catch (error) {
      if (attempt === 200) throw error
      await sleep(50)
    }
  }
}
