import assert from 'node:assert/strict'
import { test } from 'node:test'
import { compilePolicy } from '../compile-policy.ts'
import { decide } from '../decide.ts'
import { factsWith } from '../facts.fixture.ts'
import type { Facts } from '../facts.ts'
import { policyToday } from '../policies/policy-today.ts'

function reasonsFor(facts: Partial<Facts>) {
  const policy = compilePolicy(policyToday)
  assert(policy.ok)
  return decide(factsWith(facts), policy.value)
}

/** From a phone enrolled an hour ago, after redeeming, most of the money leaves. */
const thief: Partial<Facts> = {
  step: 'withdrawal',
  deviceTrusted: false,
  deviceAge: 60,
  redeemedSum24h: 5_000_000,
  leavingSum24h: 5_000_000,
  shareLeaving24h: 90,
  bankAccountAge: 30,
}

test('a fresh device, a fresh bank account and emptied savings together are interdicted', () => {
  const verdict = reasonsFor(thief)
  const found = verdict.reasons.find(({ rule }) => rule === 'account-takeover')
  assert.match(found?.threshold ?? '', /^interdiction/)
})

test('the owner on his own phone, or with one sign alone, is no takeover', () => {
  const twins: Partial<Facts>[] = [
    { ...thief, deviceTrusted: true },
    { ...thief, redeemedSum24h: 0, shareLeaving24h: 10, bankAccountAge: 300_000 },
  ]
  for (const twin of twins) {
    const { reasons } = reasonsFor(twin)
    assert(reasons.every(({ rule }) => rule !== 'account-takeover'))
  }
})
