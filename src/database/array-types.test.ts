import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { testDatabase, type TestDatabase } from '#test-support'
import type { Sql } from './pool.ts'

let opened: TestDatabase
let sql: Sql
before(async () => {
  opened = await testDatabase()
  sql = opened.database.connect('app', { max: 1 })
})
after(async () => {
  await sql.end()
  await opened.drop()
})

test('arrays go to the server and come back as they were', async () => {
  const texts = [
    'plain',
    'with space',
    'a,b',
    '{x}',
    'quo"te',
    'back\\slash',
    '',
    'NULL',
    'ü漢',
    ' ',
  ]
  const [row] = await sql<{ texts: string[]; size: number }[]>`
    select ${texts}::text[] as texts, cardinality(${texts}::text[]) as size`
  assert.deepEqual(row?.texts, texts)
  assert.equal(row?.size, texts.length)
  const [numbers] = await sql`
    select array[1, -2]::int8[] as big, array[3, null]::int4[] as whole, array[]::text[] as none,
      array[true, false] as flags`
  const wanted = { big: [1n, -2n], whole: [3, null], none: [], flags: [true, false] }
  assert.deepEqual({ ...numbers }, wanted)
})

test('an array is looked in with any, also an empty one', async () => {
  const found = async (ids: string[]) =>
    (await sql`select x from (values ('a'), ('b,"')) as v (x) where x = any(${ids})`).length
  assert.equal(await found(['a', 'b,"']), 2)
  assert.equal(await found([]), 0)
})
