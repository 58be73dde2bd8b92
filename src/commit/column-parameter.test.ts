import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import fc from 'fast-check'
import type { Sql } from '#database'
import { testDatabase, type TestDatabase } from '#test-support'
import { columnParameter, insertExpression } from './column-parameter.ts'
import type { FieldType } from './record.ts'
import { fromDatabase, selectExpression } from './row-mapping.ts'

const columnOf = (type: FieldType) =>
  ({ column: 'v', field: 'v', type, kind: null, constant: false }) as const

/** A column of every type, as tables have them. */
const columnTypes: Record<FieldType, string> = {
  text: 'text',
  bigint: 'int8',
  integer: 'int4',
  number: 'float8',
  boolean: 'boolean',
  instant: 'timestamptz',
  bytes: 'bytea',
  json: 'jsonb',
}

const most = 2n ** 63n - 1n
const words = ['\u0001', '\u0002', '"', '\\', '{', '}', ',', 'NULL', 'null', '', ' ', "'", '\n']
const texts = [
  ...words,
  'plain',
  '"quoted"',
  '\\"',
  '{a,b}',
  'a\u0001b',
  'a\u0002b',
  '\u0001\u0002',
  'é 密码 😀 \u200f',
  '\t\r\u001f\u007f',
  '$1',
  '\\x41',
]
const bigints = [0n, 1n, -1n, most, -most - 1n, 10n ** 15n]
const numbers = [0, -1.5, 0.1, 5e-324, Number.MAX_VALUE, NaN, Infinity, -Infinity, 2 ** 53]
const nested = [
  { a: [1n, { b: -most }], 'k"\\': null },
  [],
  {},
  'text',
  '\u0001',
  '\u0002',
  7,
  9n,
  false,
  [null, [[most]]],
  { text: '{"a": "\\u0001", \u0001 }' },
]
const lists: Record<FieldType, readonly unknown[]> = {
  text: texts,
  bigint: bigints,
  integer: [0, 1, -1, 2 ** 31 - 1, -(2 ** 31)],
  number: numbers,
  boolean: [true, false],
  instant: [0, 1, -1, Date.UTC(2026, 0, 5) + 123, Date.UTC(1900, 0, 1), Date.UTC(9999, 0, 1)],
  bytes: [
    new Uint8Array(0),
    Uint8Array.of(0),
    Uint8Array.of(0, 255, 92, 34, 1, 2),
    Uint8Array.from({ length: 1_000 }, (_, i) => i % 256),
    Buffer.from('part of a larger one').subarray(5, 7),
  ],
  json: nested,
}
const types = Object.keys(lists) as FieldType[]

/** Of words that mean something to PostgreSQL, and of anything else it can hold. */
const anyText = fc.oneof(
  fc.array(fc.constantFrom(...words), { maxLength: 4 }).map((parts) => parts.join('')),
  fc.string({ unit: 'binary' }).map(withoutZero),
)
const anyJson = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    fc.oneof(anyText, fc.boolean(), fc.integer(), fc.bigInt({ min: -most, max: most })),
    fc.array(fc.oneof(fc.constant(null), tie('value')), { maxLength: 3 }),
    fc.dictionary(anyText, tie('value'), { maxKeys: 3, noNullPrototype: true }),
  ),
})).value
const anyOf: Record<FieldType, fc.Arbitrary<unknown>> = {
  text: anyText,
  bigint: fc.bigInt({ min: -most - 1n, max: most }),
  integer: fc.integer(),
  number: fc.double().map((value) => value + 0),
  boolean: fc.boolean(),
  // After 2242 PostgreSQL's to_timestamp(float8) is a microsecond off.
  instant: fc.integer({ min: Date.UTC(1900, 0, 1), max: Date.UTC(2200, 0, 1) }),
  bytes: fc.uint8Array({ maxLength: 50 }),
  json: anyJson,
}

/** PostgreSQL has no zero character. */
function withoutZero(text: string): string {
  return text.replaceAll('\u0000', '')
}

describe('a column sent as one parameter', () => {
  let test: TestDatabase
  let owner: Sql

  before(async () => {
    test = await testDatabase()
    owner = test.database.connect('owner', { max: 1 })
  })
  after(async () => {
    await owner.end()
    await test.drop()
  })

  /** The values after their way to a column of the type and back. */
  async function sent(values: readonly unknown[], type: FieldType): Promise<unknown[]> {
    const { text, array } = columnParameter(values, type)
    const column = columnOf(type)
    const asColumn = `${insertExpression(column)}::${columnTypes[type]} as v`
    const rows = await owner.unsafe(
      `select ${selectExpression(column)} as v
       from (select ${asColumn}, a.n from unnest(${array('$1')}) with ordinality a(v, n)) t
       order by t.n`,
      [text],
      { prepare: true },
    )
    return rows.map((row) => fromDatabase(row['v'], type)).map(plainBytes)
  }

  async function comesBack(values: readonly unknown[], type: FieldType): Promise<void> {
    const expected = values.map((value) => plainBytes(value ?? null))
    assert.deepEqual(await sent(values, type), expected)
  }

  for (const type of types) {
    it(`${type}: comes back alone, twice, beside null and in between`, async () => {
      for (const value of lists[type]) {
        await comesBack([value], type)
        await comesBack([value, value], type)
        await comesBack([value, null], type)
        await comesBack([null, value, undefined, value], type)
      }
    })

    it(`${type}: all values at once, none at all, and nothing but nulls`, async () => {
      await comesBack(lists[type], type)
      await comesBack([...lists[type], null, ...lists[type]], type)
      await comesBack([], type)
      await comesBack([null], type)
      await comesBack([null, undefined, null], type)
    })

    it(`${type}: random lists come back as they were`, async () => {
      const lists = fc.array(fc.option(anyOf[type], { nil: null }), { maxLength: 8 })
      const property = fc.asyncProperty(lists, (values) => comesBack(values, type))
      await fc.assert(property, { numRuns: 150 })
    })
  }

  it('takes the quoted way only for lists that the joined way could not tell apart', () => {
    const isJoined = (values: readonly unknown[], type: FieldType) =>
      columnParameter(values, type).array('$1').startsWith('string_to_array')
    assert.ok(isJoined(['a', 'b'], 'text'))
    assert.ok(isJoined(['{"quoted"}', null, 'NULL', ''], 'text'))
    assert.ok(isJoined(['', ''], 'text'))
    assert.ok(isJoined([null], 'text'))
    assert.ok(isJoined(['\u0002 inside'], 'text'))
    assert.ok(isJoined(['\u0001', { a: ['\u0001\u0002'] }], 'json'), 'JSON escapes them')
    assert.ok(isJoined([Uint8Array.of(1), new Uint8Array(0)], 'bytes'))
    assert.ok(!isJoined(['a\u0001b'], 'text'))
    assert.ok(!isJoined(['a', '\u0002'], 'text'))
    assert.ok(!isJoined([''], 'text'), 'it would be an empty list')
    assert.ok(!isJoined([], 'text'))
  })

  it('sends a list of ten thousand', async () => {
    const many = Array.from({ length: 10_000 }, (_, n) => (n % 7 === 0 ? null : `n${n}`))
    await comesBack(many, 'text')
    await comesBack([...many, '\u0001'], 'text')
  })
})

function plainBytes(value: unknown): unknown {
  return value instanceof Uint8Array ? Uint8Array.from(value) : value
}
