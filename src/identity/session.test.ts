import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isLive } from './session.ts'

const times = { createdAt: 100, expiresAt: 200, endedAt: null, entry: 'password' } as const

test('a session lives from its beginning until it expires or is ended', () => {
  assert.equal(isLive(times, null, 100), true)
  assert.equal(isLive(times, null, 199), true)
  assert.equal(isLive(times, null, 200), false)
  assert.equal(isLive({ ...times, endedAt: 150 }, null, 160), false)
})

test('a reset ends what was opened before it, also at the same instant', () => {
  assert.equal(isLive(times, 99, 150), true)
  assert.equal(isLive(times, 100, 150), false)
  assert.equal(isLive(times, 120, 150), false)
})

test('the session a reset opens outlives that reset, not the next one', () => {
  const opened = { ...times, entry: 'reset' } as const
  assert.equal(isLive(opened, 100, 150), true)
  assert.equal(isLive(opened, 101, 150), false)
})
