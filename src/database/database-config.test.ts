import assert from 'node:assert/strict'
import { test } from 'node:test'
import { databaseConfigFromEnvironment } from './database-config.ts'

const checkout = '/checkout'

test('without anything set the embedded server is used', () => {
  assert.deepEqual(databaseConfigFromEnvironment({}, checkout), { ok: true, value: { checkout } })
})

test('COFFER_DATA names the folder, absolute', () => {
  assert.deepEqual(databaseConfigFromEnvironment({ COFFER_DATA: '/data/./x' }, checkout), {
    ok: true,
    value: { checkout, dataDir: '/data/x' },
  })
})

test('DATABASE_URL comes first', () => {
  const environment = { DATABASE_URL: 'postgres://u:p@h/d', COFFER_DATA: '/data' }
  assert.deepEqual(databaseConfigFromEnvironment(environment, checkout), {
    ok: true,
    value: { checkout, databaseUrl: 'postgres://u:p@h/d' },
  })
})

test('a malformed DATABASE_URL is a fault in words', () => {
  for (const [DATABASE_URL, fault] of [
    ['nonsense', /is not a URL/],
    ['mysql://h/d', /must begin with postgres:/],
    ['postgres://h', /names no database/],
  ] as const) {
    const parsed = databaseConfigFromEnvironment({ DATABASE_URL }, checkout)
    assert.ok(!parsed.ok)
    assert.match(parsed.error.join(), fault)
  }
})
