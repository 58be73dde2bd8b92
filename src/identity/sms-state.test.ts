import assert from 'node:assert/strict'
import { test } from 'node:test'
import { smsAcceptable, worse } from './sms-state.ts'

const clean = { forwarding: 'no', simSwap: 'no', silence: 'no', observedAt: 1 } as const

test('a text proves something only while nothing is active and nothing is unknown', () => {
  assert.equal(smsAcceptable(clean), true)
  for (const signal of ['forwarding', 'simSwap', 'silence'] as const) {
    for (const value of ['yes', 'unknown'] as const) {
      assert.equal(smsAcceptable({ ...clean, [signal]: value }), false, `${signal} ${value}`)
    }
  }
})

test('yes is worse than unknown, and unknown worse than no', () => {
  assert.equal(worse('no', 'no'), 'no')
  assert.equal(worse('no', 'unknown'), 'unknown')
  assert.equal(worse('unknown', 'yes'), 'yes')
})
