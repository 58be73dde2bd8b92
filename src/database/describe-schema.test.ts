import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { test } from 'node:test'
import { testDatabase } from '#test-support'
import { schemaOfMigrations } from './write-schema.ts'

/** The checkout, also when this runs from `dist`: the folder with package.json. */
function checkoutFolder(): string {
  let folder = import.meta.dirname
  while (!existsSync(join(folder, 'package.json'))) folder = dirname(folder)
  return folder
}

test('schema.sql is what the migrations make of an empty database', async () => {
  const { database, drop } = await testDatabase()
  try {
    const checkedIn = readFileSync(join(checkoutFolder(), 'schema.sql'), 'utf8')
    assert.equal(await schemaOfMigrations(database), checkedIn, 'rewrite it: npx coffer schema')
  } finally {
    await drop()
  }
})

test('every kind of object and grant shows in the description', async () => {
  const { database, drop } = await testDatabase()
  const owner = database.connect('owner', { max: 1 })
  try {
    await owner.unsafe(`
      create schema sample;
      create type sample.color as enum ('red', 'blue');
      create domain sample.fen as bigint not null check (value >= 0);
      create sequence sample.number;
      create table sample.day (id int generated always as identity, at date not null,
        twice int generated always as (1 + 1) stored) partition by range (at);
      create table sample.day_2013 partition of sample.day for values from ('2013-01-01')
        to ('2014-01-01');
      create view sample.today as select 1 as one;
      create index day_at on sample.day (at);
      grant select (at), update (at) on sample.day to coffer_app;`)
    const { describeSchema } = await import('./describe-schema.ts')
    const text = await describeSchema(owner)
    for (const line of [
      "create type sample.color as enum ('red', 'blue');",
      'create domain sample.fen as bigint not null constraint fen_check CHECK ((VALUE >= 0));',
      'create sequence sample.number as bigint increment 1 cache 1;',
      '  id integer not null generated always as identity,',
      '  twice integer generated always as ((1 + 1)) stored',
      ') partition by RANGE (at);',
      "-- partition of sample.day FOR VALUES FROM ('2013-01-01') TO ('2014-01-01')",
      'create view sample.today as\n SELECT 1 AS one;',
      'CREATE INDEX day_at ON ONLY sample.day USING btree (at);',
      'grant select, update on table sample.day (at) to coffer_app;',
    ]) {
      assert.ok(
        text.includes(line),
        `missing: ${line}\n${text.slice(text.indexOf('schema sample'))}`,
      )
    }
  } finally {
    await owner.end()
    await drop()
  }
})
