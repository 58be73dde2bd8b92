import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { createScratchFolder, openInChild, removeScratchFolder } from '#test-support'
import { openDatabase, type Database } from './open-database.ts'
import { runningPostmaster } from './postmaster-pid.ts'

const checkout = import.meta.dirname

describe('the embedded server', () => {
  const folder = createScratchFolder('embedded')
  const data = `${folder}/postgresql`
  let database: Database

  before(async () => {
    database = await openDatabase({ checkout, dataDir: folder }, () => undefined)
  })
  after(async () => {
    await database.close()
    assert.equal(runningPostmaster(data), undefined, 'the last one out stops it')
    removeScratchFolder(folder)
  })

  test('keeps what makes a commit durable on, and listens on no network', async () => {
    const settings = await database.asAdmin(async (admin) => {
      const rows = await admin<{ name: string; setting: string }[]>`
        select name, setting from pg_settings where name in ('fsync', 'full_page_writes',
          'synchronous_commit', 'data_checksums', 'listen_addresses', 'server_encoding',
          'password_encryption', 'lc_messages')`
      return Object.fromEntries(rows.map(({ name, setting }) => [name, setting]))
    })
    assert.deepEqual(settings, {
      data_checksums: 'on',
      fsync: 'on',
      full_page_writes: 'on',
      lc_messages: 'C',
      listen_addresses: '',
      password_encryption: 'scram-sha-256',
      server_encoding: 'UTF8',
      synchronous_commit: 'on',
    })
  })

  test('lets nobody in without the password', async () => {
    const rules = await database.asAdmin(
      (admin) => admin<{ method: string }[]>`
        select distinct auth_method as method from pg_hba_file_rules`,
    )
    assert.deepEqual([...rules], [{ method: 'scram-sha-256' }])
  })

  test('reads int8 as bigint, timestamptz as epoch milliseconds and date as text', async () => {
    const sql = database.connect('app', { max: 1 })
    const [row] = await sql`
      select 9007199254740993::int8 as big, ${1_381_536_000_123}::timestamptz as at,
        ${'2013-10-12'}::date as day, array[1, 2]::int8[] as list`
    await sql.end()
    assert.deepEqual(
      { ...row },
      { big: 9_007_199_254_740_993n, at: 1_381_536_000_123, day: '2013-10-12', list: [1n, 2n] },
    )
  })

  test('is shared: a second process adopts it and leaves it running', async () => {
    const before = runningPostmaster(data)?.pid
    const child = openInChild({ config: { checkout, dataDir: folder }, afterwards: 'close' })
    await child.opened
    await child.ended
    assert.equal(runningPostmaster(data)?.pid, before)
    assert.deepEqual(child.logged, [])
  })

  test('goes on for the second process when the first one closes', async () => {
    const child = openInChild({ config: { checkout, dataDir: folder }, afterwards: 'stay' })
    await child.opened
    const running = runningPostmaster(data)?.pid
    await database.close()
    assert.equal(runningPostmaster(data)?.pid, running)
    await child.kill()
    database = await openDatabase({ checkout, dataDir: folder }, () => undefined)
    assert.equal(runningPostmaster(data)?.pid, running, 'the orphan is adopted')
  })
})

test('a fresh folder opened by four processes at once becomes one database', async () => {
  const folder = createScratchFolder('race')
  const order = { config: { checkout, dataDir: folder }, afterwards: 'close' } as const
  const children = Array.from({ length: 4 }, () => openInChild(order))
  await Promise.all(children.map((child) => child.opened))
  await Promise.all(children.map((child) => child.ended))
  assert.equal(runningPostmaster(`${folder}/postgresql`), undefined)
  removeScratchFolder(folder)
})
