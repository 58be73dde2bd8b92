import assert from 'node:assert/strict'
import { it } from 'node:test'
import { defaultPremiumPerMillion } from './cover.ts'
import { premiumOf } from './premium.ts'

it('is a twelfth of 0.40 yuan for an account that was there all month', () => {
  const premiumPerMillion = defaultPremiumPerMillion
  const million = { accountDays: 31_000_000n, daysInMonth: 31n, premiumPerMillion }
  assert.deepEqual(premiumOf(million), { accounts: 1_000_000n, amount: 3_333_333n })
})

it('counts an account for the days it was there', () => {
  const half = { accountDays: 15_000n, daysInMonth: 30n, premiumPerMillion: 3_333_333n }
  assert.deepEqual(premiumOf(half), { accounts: 500n, amount: 1_667n })
})

it('is nothing for nobody', () => {
  const nobody = { accountDays: 0n, daysInMonth: 28n, premiumPerMillion: 3_333_333n }
  assert.deepEqual(premiumOf(nobody), { accounts: 0n, amount: 0n })
})
