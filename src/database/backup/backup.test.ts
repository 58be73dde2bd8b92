import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { createScratchFolder, removeScratchFolder, testDatabase } from '#test-support'
import { migrate } from '../migrate.ts'
import type { Database } from '../open-database.ts'
import type { Sql } from '../pool.ts'
import { readMigrations } from '../read-migrations.ts'
import { checkBackup } from './check-backup.ts'
import { manifestFile, manifestText, sumsFile, sumsText, type Manifest } from './manifest.ts'
import { restoreBackup } from './restore-backup.ts'
import { writeBackup } from './write-backup.ts'

const folder = createScratchFolder('backup')
const rows = 2_000
let server: Awaited<ReturnType<typeof testDatabase>>
let manifest: Manifest
let count = 0

before(async () => {
  server = await testDatabase()
  const owner = server.database.connect('owner', { max: 1 })
  // Everything that the text format has to escape, and what JavaScript would round.
  await owner.unsafe(`
    insert into ledger.entry (number, kind, ref, hold_id, at)
      select i, E'tab\\t line\\n back\\\\ 中文 ''', 'ref' || i, nullif('', ''),
        '2013-07-01 00:00:00.123456+08'::timestamptz + i * interval '1 us'
      from generate_series(1, ${rows}) i;
    insert into ledger.account (id, code, owner, book, side, not_negative, ceiling, debits_posted,
      credits_posted, debits_pending, credits_pending, posting_seq, opened_at, profile, row_version)
      values ('2010:x', '2010', 'x', 'OP', 'credit', true, 9223372036854775807, 0, 0, 0, 0, 0,
        now(), '\\x00ff0a0d', 1);
    insert into commit.test_clock values ('clock', now(), now(), 0.1::float8 + 0.2, 1);
    select setval('partners.sms_number_seq', 41);`)
  await owner.end()
  manifest = await backUp(server.database, 'first')
})
after(async () => {
  await server.drop()
  removeScratchFolder(folder)
})

function backUp(database: Database, name: string): Promise<Manifest> {
  return writeBackup(database, {
    out: join(folder, name),
    program: 'test',
    at: '2026-01-01T00:00:00.000Z',
    describe: async (snapshot) => [
      ...(await snapshot`select count(*)::int as entries from ledger.entry`),
    ],
    log: () => undefined,
  })
}

/** An empty database, and afterwards none. */
async function withEmpty<T>(work: (database: Database) => Promise<T>): Promise<T> {
  count += 1
  const name = `${server.database.name}_${count}`
  await server.database.createDatabase(name)
  try {
    return await work(server.database.within(name))
  } finally {
    await server.database.dropDatabase(name)
  }
}

async function restore(
  database: Database,
  options: { from?: string; inspect?: (sql: Sql) => Promise<void> } = {},
): Promise<readonly string[]> {
  const from = options.from ?? join(folder, 'first')
  const { inspect = () => Promise.resolve() } = options
  return restoreBackup(database, {
    from,
    manifest: await checkBackup(from),
    inspect,
    log: () => undefined,
  })
}

async function schemasIn(database: Database): Promise<string[]> {
  const sql = database.connect('owner', { max: 1 })
  const found = await sql<{ name: string }[]>`
    select nspname as name from pg_namespace where nspname !~ '^(pg_|information_schema|public)'`
  await sql.end()
  return found.map(({ name }) => name)
}

/** A copy of the first backup with one file changed. */
function copyWith(name: string, file: string, change: (content: Buffer) => Buffer | null): string {
  const to = join(folder, name)
  rmSync(to, { recursive: true, force: true })
  mkdirSync(to)
  for (const each of readdirSync(join(folder, 'first'))) {
    const content = readFileSync(join(folder, 'first', each))
    const changed = each === file ? change(content) : content
    if (changed !== null) writeFileSync(join(to, each), changed)
  }
  return to
}

/** The same with sums that fit: as somebody would forge it. */
function forge(name: string, change: (copy: Manifest) => void, files: Record<string, Buffer> = {}) {
  const to = copyWith(name, '', (content) => content)
  const copy = structuredClone(manifest)
  change(copy)
  for (const [file, content] of Object.entries(files)) writeFileSync(join(to, file), content)
  writeFileSync(join(to, manifestFile), manifestText(copy))
  writeFileSync(join(to, sumsFile), sumsText(copy))
  return to
}

test('what is restored is what was backed up, to the byte', async () => {
  await withEmpty(async (database) => {
    assert.deepEqual(await restore(database), [])
    const again = await backUp(database, 'second')
    assert.deepEqual(again, manifest)
    assert.deepEqual(manifest.note, [{ entries: rows }])
    const sms = manifest.sequences.find(({ name }) => name === 'partners.sms_number_seq')
    assert.equal(sms?.lastValue, '41')
  })
})

test('sha256sum would find the same sums', () => {
  const lines = readFileSync(join(folder, 'first', sumsFile), 'utf8')
    .trimEnd()
    .split('\n')
  assert.equal(lines.length, readdirSync(join(folder, 'first')).length - 1)
  for (const line of lines) {
    const [sum, file = ''] = line.split('  ')
    const content = readFileSync(join(folder, 'first', file))
    assert.equal(createHash('sha256').update(content).digest('hex'), sum)
  }
})

test('a place that is taken is refused, and what is there stays', async () => {
  await assert.rejects(backUp(server.database, 'first'), /exists already/)
  assert.deepEqual(await checkBackup(join(folder, 'first')), manifest)
  await assert.rejects(backUp(server.database, 'no/where'), /there is no folder/)
})

test('what a killed backup left is cleared away by the next one', async () => {
  mkdirSync(join(folder, 'third.partial'))
  writeFileSync(join(folder, 'third.partial', 'ledger.entry.copy.gz'), 'half')
  await backUp(server.database, 'third')
  assert.equal(existsSync(join(folder, 'third.partial')), false)
  assert.equal(existsSync(join(folder, 'third.lock')), false)
  assert.deepEqual(await checkBackup(join(folder, 'third')), manifest)
})

test('a backup that fails leaves nothing', async () => {
  const failing = writeBackup(server.database, {
    out: join(folder, 'failed'),
    program: 'test',
    at: '',
    describe: () => Promise.reject(new Error('no')),
    log: () => undefined,
  })
  await assert.rejects(failing, /^Error: no$/)
  assert.deepEqual(
    readdirSync(folder).filter((name) => name.startsWith('failed')),
    [],
  )
})

test('one flipped bit in any file is found and the file is named', async () => {
  const files = readdirSync(join(folder, 'first'))
  for (const file of files) {
    for (const place of [0, 0.5, 0.999]) {
      const from = copyWith('flipped', file, (content) => {
        const at = Math.floor(content.length * place)
        content.writeUInt8(content.readUInt8(at) ^ 1, at)
        return content
      })
      const table = file.replace('.copy.gz', '')
      const named = file.endsWith('.gz') ? `table ${table}` : 'manifest.json'
      await assert.rejects(checkBackup(from), (error: Error) => {
        assert.ok(error.message.includes(named), `${file} at ${place}: ${error.message}`)
        return true
      })
    }
  }
})

test('a file that is missing or cut short is named', async () => {
  const short = copyWith('short', 'ledger.entry.copy.gz', (all) => all.subarray(0, 100))
  await assert.rejects(checkBackup(short), /ledger\.entry\.copy\.gz .* is cut short: 100 of \d+/)
  const missing = copyWith('missing', 'ledger.entry.copy.gz', () => null)
  await assert.rejects(checkBackup(missing), /ledger\.entry\.copy\.gz .* is missing/)
  const headless = copyWith('headless', manifestFile, () => null)
  await assert.rejects(checkBackup(headless), /is no backup: there is no manifest\.json/)
  await assert.rejects(checkBackup(join(folder, 'nowhere')), /is no backup/)
})

test('only an empty database is filled', async () => {
  const before = await schemasIn(server.database)
  await assert.rejects(restore(server.database), /is not empty \(schema/)
  assert.deepEqual(await schemasIn(server.database), before)
})

test('whatever is found wrong before the end leaves the database empty', async () => {
  await withEmpty(async (database) => {
    const inspect = async (sql: Sql) => {
      const [row] = await sql<{ rows: number }[]>`select count(*)::int as rows from ledger.entry`
      assert.equal(row?.rows, rows)
      throw new Error('not good')
    }
    await assert.rejects(restore(database, { inspect }), /^Error: not good$/)
    assert.deepEqual(await schemasIn(database), [])
    assert.deepEqual(await restore(database), [])
  })
})

test('rows that PostgreSQL refuses end the restore with its reason and the table', async () => {
  const text = Buffer.from('1\\N\n')
  const zipped = gzipSync(text)
  const from = forge(
    'forged',
    (copy) => {
      const table = copy.tables.find(({ name }) => name === 'ledger.entry')
      assert.ok(table)
      Object.assign(table, {
        rows: 1,
        bytes: text.length,
        contentSha256: createHash('sha256').update(text).digest('hex'),
        fileBytes: zipped.length,
        sha256: createHash('sha256').update(zipped).digest('hex'),
      })
    },
    { 'ledger.entry.copy.gz': zipped },
  )
  await withEmpty(async (database) => {
    await assert.rejects(restore(database, { from }), /table ledger\.entry\) cannot be loaded: \w+/)
    assert.deepEqual(await schemasIn(database), [])
  })
})

test('a file that changes after it was checked does not get in', async () => {
  const from = copyWith('late', '', (content) => content)
  const checked = await checkBackup(from)
  const other = gzipSync(Buffer.alloc(0))
  writeFileSync(join(from, 'ledger.entry.copy.gz'), other)
  await withEmpty(async (database) => {
    const late = restoreBackup(database, {
      from,
      manifest: checked,
      inspect: () => Promise.resolve(),
      log: () => undefined,
    })
    await assert.rejects(late, /table ledger\.entry\) changed while it was read/)
    assert.deepEqual(await schemasIn(database), [])
  })
})

test('an unknown or changed migration is refused, a newer one comes after the rows', async () => {
  const unknown = forge('unknown', ({ migrations }) => {
    migrations.push({ number: 9_000, name: '9000-later', digest: '0'.repeat(64) })
  })
  const changed = forge('changed', ({ migrations }) => {
    Object.assign(migrations[0] ?? {}, { digest: '0'.repeat(64) })
  })
  await withEmpty(async (database) => {
    await assert.rejects(restore(database, { from: unknown }), /9000-later, which this version/)
    await assert.rejects(restore(database, { from: changed }), /is not the one the backup was made/)
    const sql = 'alter table ledger.entry add column checked boolean not null default true'
    const newer = { number: 9_001, name: '9001-newer', module: 'ledger', sql, digest: '1' }
    const applied = await restoreBackup(database, {
      from: join(folder, 'first'),
      manifest,
      migrations: [...readMigrations(), newer],
      inspect: async (restored) => {
        const [row] = await restored<{ rows: number }[]>`
          select count(*)::int as rows from ledger.entry where checked`
        assert.equal(row?.rows, rows)
      },
      log: () => undefined,
    })
    assert.deepEqual(applied, ['9001-newer'])
  })
})

test('a table that the migrations do not make is refused and named', async () => {
  const other = forge('other', ({ tables }) => {
    Object.assign(tables.find(({ name }) => name === 'ledger.entry')?.columns[0] ?? {}, {
      type: 'text',
    })
  })
  await withEmpty(async (database) => {
    await assert.rejects(
      restore(database, { from: other }),
      /table ledger\.entry has other columns/,
    )
    assert.deepEqual(await schemasIn(database), [])
  })
})

test('partitions, references, identities and computed columns come back as they were', async () => {
  const sql = `
    create schema sample;
    create table sample.owner (number int generated always as identity primary key,
      name text unique, twice int generated always as (number * 2) stored);
    create table sample."select" (at date, owner int references sample.owner, "a b" text,
      primary key (at, owner)) partition by range (at);
    create table sample.p2013 partition of sample."select" for values from ('2013-01-01')
      to ('2014-01-01');
    create table sample.p2014 partition of sample."select" for values from ('2014-01-01')
      to ('2015-01-01');
    create index later on sample."select" ("a b") where at > '2013-06-01';`
  const extra = {
    number: 9_002,
    name: '9002-sample',
    module: 'sample',
    sql,
    digest: '2'.repeat(64),
  }
  const migrations = [...readMigrations(), extra]
  const from = await withEmpty(async (database) => {
    await migrate(database, migrations)
    const owner = database.connect('owner', { max: 1 })
    await owner.unsafe(`
      insert into sample.owner (name) values ('a'), ('b'), (null);
      insert into sample."select" values ('2013-07-01', 1, 'x'), ('2014-07-01', 2, null)`)
    await owner.end()
    await backUp(database, 'sample')
    return join(folder, 'sample')
  })
  await withEmpty(async (database) => {
    const content = await checkBackup(from)
    const inspect = async (restored: Sql) => {
      const found = await restored<{ text: string }[]>`
        select s.tableoid::regclass || ' ' || name || ' ' || twice as text
        from sample."select" s join sample.owner on number = owner order by 1`
      assert.deepEqual(
        found.map(({ text }) => text),
        ['sample.p2013 a 2', 'sample.p2014 b 4'],
      )
      const [next] = await restored`insert into sample.owner default values returning number`
      assert.equal(next?.['number'], 4)
    }
    const log = () => undefined
    await restoreBackup(database, { from, manifest: content, migrations, inspect, log })
  })
})
