import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readConfig } from './config.ts'

test('an empty environment is a working configuration on this machine alone', () => {
  const config = readConfig({}, '/srv/coffer')
  assert.ok(config.ok)
  const { host, port, https, folder, policy, partners, partnerTokens, pepper } = config.value
  assert.deepEqual({ host, port, https }, { host: '127.0.0.1', port: 8080, https: false })
  assert.deepEqual(
    { folder, policy, pepper },
    {
      folder: '/srv/coffer/.coffer',
      policy: 'today',
      pepper: null,
    },
  )
  assert.deepEqual([partners, partnerTokens], [{}, {}])
})

test('all faults are listed together', () => {
  const config = readConfig(
    {
      COFFER_PORT: '99999',
      COFFER_LOG: 'loud',
      COFFER_HTTPS: 'yes',
      COFFER_PEPPER: 'short',
      COFFER_BANK_URL: 'bank.example',
      COFFER_CARRIER_TOKEN: 'secret',
      COFFER_CARRIER_EVENTS_TOKEN: 'a secret too short to be one',
      DATABASE_URL: 'mysql://x/y',
    },
    '/srv/coffer',
  )
  assert.ok(!config.ok)
  assert.equal(config.error.length, 8)
  assert.ok(!config.error.join(' ').includes('secret'))
})

test('flags win over the environment, and a partner has an address and a token', () => {
  const config = readConfig(
    { COFFER_PORT: '1', COFFER_BANK_URL: 'https://bank.example/api/', COFFER_BANK_TOKEN: 't' },
    '/srv/coffer',
    { port: '0', host: '::1' },
  )
  assert.ok(config.ok)
  assert.equal(config.value.port, 0)
  assert.equal(config.value.host, '::1')
  assert.deepEqual(config.value.partners, {
    bank: { baseUrl: 'https://bank.example/api', token: 't' },
  })
})

test('the carrier may call us with a token of its own, also where we do not call it', () => {
  const token = 'c'.repeat(32)
  const config = readConfig({ COFFER_CARRIER_EVENTS_TOKEN: token }, '/srv/coffer')
  assert.ok(config.ok)
  assert.deepEqual(config.value.partnerTokens, { carrier: token })
  assert.deepEqual(config.value.partners, {})
})

test('a file of the fund may have so many megabytes, a whole number of them', () => {
  const read = (COFFER_FUND_FILE_MB: string) => readConfig({ COFFER_FUND_FILE_MB }, '/checkout')
  const usual = readConfig({}, '/checkout')
  assert.ok(usual.ok)
  assert.equal(usual.value.fundFileBytes, 100_000_000)
  const more = read('250')
  assert.ok(more.ok)
  assert.equal(more.value.fundFileBytes, 250_000_000)
  for (const bad of ['0', '-1', '1.5', 'all', '123456']) assert.equal(read(bad).ok, false, bad)
})
