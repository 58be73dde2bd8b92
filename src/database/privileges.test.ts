import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { sha256Hex } from '#kernel'
import { testDatabase, type TestDatabase } from '#test-support'
import type { Sql } from './pool.ts'
import { migrate } from './migrate.ts'
import { readMigrations } from './read-migrations.ts'
import type { Role } from './role.ts'

/** As a module writes it: its own grants, and rows for ever get INSERT and SELECT only. */
const sample = `
  create schema sample;
  create table sample.entry (number bigint primary key);
  create schema simulator_sample;
  create table simulator_sample.secret (n int);
  grant usage on schema sample to coffer_app, coffer_reader;
  grant select, insert on sample.entry to coffer_app;
  grant select on sample.entry to coffer_reader;
  grant usage on schema simulator_sample to coffer_simulator;
  grant select, insert, update, delete on simulator_sample.secret to coffer_simulator;`

describe('roles', () => {
  let context: TestDatabase
  const pools = new Map<Role, Sql>()

  before(async () => {
    context = await testDatabase()
    const digest = sha256Hex(sample)
    const extra = { number: 9999, name: '9999-sample', module: 'sample', sql: sample, digest }
    await migrate(context.database, [...readMigrations(), extra])
    for (const role of ['owner', 'app', 'reader', 'simulator'] as const) {
      pools.set(role, context.database.connect(role, { max: 1 }))
    }
    await as('app')`insert into sample.entry values (1)`
  })
  after(async () => {
    for (const pool of pools.values()) await pool.end()
    await context.drop()
  })

  function as(role: Role): Sql {
    const pool = pools.get(role)
    assert.ok(pool)
    return pool
  }

  async function refused(role: Role, statement: string): Promise<void> {
    const refusal = { code: '42501' }
    await assert.rejects(as(role).unsafe(statement), refusal, `${role}: ${statement}`)
  }

  test('none of them is a superuser or may make roles and databases', async () => {
    const rows = await as('reader')`
      select rolname from pg_roles where rolname like 'coffer\\_%'
        and (rolsuper or rolcreaterole or rolcreatedb or rolreplication or rolbypassrls)`
    assert.equal(rows.length, 0)
  })

  test('the server cannot define anything', async () => {
    await refused('app', 'create schema mine')
    await refused('app', 'create table sample.mine (n int)')
    await refused('app', 'create table public.mine (n int)')
    await refused('app', 'create temp table mine (n int)')
    await refused('app', 'alter table sample.entry add column n int')
    await refused('app', 'drop table sample.entry')
    await refused('app', "alter role coffer_app password 'x'; set role coffer_owner")
  })

  test('the server cannot change or remove a row that is for ever', async () => {
    await refused('app', 'update sample.entry set number = 2')
    await refused('app', 'delete from sample.entry')
    await refused('app', 'truncate sample.entry')
    await refused(
      'app',
      'insert into sample.entry values (1) on conflict (number) do update set number = 3',
    )
    assert.deepEqual([...(await as('reader')`select number from sample.entry`)], [{ number: 1n }])
  })

  test('the server cannot rewrite the list of applied migrations', async () => {
    await refused('app', 'delete from database.migration')
    await refused('app', "update database.migration set digest = ''")
  })

  test('the reader reads and does nothing else', async () => {
    await as('reader')`set default_transaction_read_only = off`
    await refused('reader', 'insert into sample.entry values (2)')
    await refused('reader', 'create table sample.mine (n int)')
  })

  test('simulators see their own schema only, and nobody else sees it', async () => {
    await as('simulator')`insert into simulator_sample.secret values (1)`
    await refused('simulator', 'select * from sample.entry')
    await refused('app', 'select * from simulator_sample.secret')
  })

  test('nobody holds a right beyond reading and writing rows', async () => {
    const rows = await as('reader')`
      select relname, grantee::regrole::text, privilege_type
      from pg_class c join pg_namespace n on n.oid = relnamespace, aclexplode(relacl)
      where nspname !~ '^pg_' and nspname <> 'information_schema' and grantee <> relowner
        and (privilege_type in ('TRUNCATE', 'REFERENCES', 'TRIGGER', 'MAINTAIN')
          or (grantee = 'coffer_reader'::regrole and privilege_type not in ('SELECT')))`
    assert.deepEqual([...rows], [])
  })
})
