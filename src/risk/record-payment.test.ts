import assert from 'node:assert/strict'
import { test } from 'node:test'
import { day, hour } from '#kernel'
import { createGuardedWorld } from './guarded-world.fixture.ts'
import { saturday } from './guard-input.fixture.ts'
import { holderProfile } from './holder-profile-record.ts'
import {
  countAt,
  findPayee,
  findPayer,
  networkFirstSeen,
  openHolder,
  readWindows,
  slotOf,
  windowTotals,
} from './holder-profile.ts'
import { linkProfile } from './link-profile-record.ts'
import { builtInPolicies } from './policies/built-in-policies.ts'
import { hashOf } from './profile-layout.ts'

test('a posted payment makes payee, device and network known on both sides', async () => {
  const world = await createGuardedWorld(builtInPolicies.none, saturday)
  await world.act(saturday, { step: 'payment', money: { source: 'fund' } })
  const holders = world.store.records(holderProfile)
  const payer = openHolder(holders.get('2010:cus_payer')?.profile ?? assert.fail())
  const payee = openHolder(holders.get('2010:cus_payee')?.profile ?? assert.fail())
  assert.equal(findPayee(payer, hashOf('cus_payee'))?.count, 1)
  assert.equal(findPayer(payee, hashOf('cus_payer'))?.count, 1)
  assert.equal(networkFirstSeen(payer, hashOf('203.0.113')), saturday)
  assert.equal(networkFirstSeen(payee, hashOf('203.0.113')), undefined)
  const totals = windowTotals()
  readWindows(payer, saturday, totals)
  assert.equal(countAt(totals, slotOf('redeemed', 1)), 1)
  const links = world.store.records(linkProfile)
  assert.deepEqual([...links.keys()].toSorted(), ['device:dev_own', 'network:203.0.113'])
})

test('a stopped payment is an attempt and makes nothing look familiar', async () => {
  const world = await createGuardedWorld(builtInPolicies['2013'], saturday)
  const wish = { step: 'payment', money: { amount: 6_000_000n } } as const
  assert.equal((await world.act(saturday, wish)).outcome, 'hold')
  const holders = world.store.records(holderProfile)
  const payer = openHolder(holders.get('2010:cus_payer')?.profile ?? assert.fail())
  assert.equal(findPayee(payer, hashOf('cus_payee')), undefined)
  assert.equal(networkFirstSeen(payer, hashOf('203.0.113')), undefined)
  assert.equal(holders.get('2010:cus_payee'), undefined)
  assert.equal(world.store.records(linkProfile).size, 0)
  const totals = windowTotals()
  readWindows(payer, saturday, totals)
  assert.equal(countAt(totals, slotOf('attempted', 0)), 1)
  assert.equal(countAt(totals, slotOf('paid', 0)), 0)
})

test('the device is not written again for each payment of a day', async () => {
  const world = await createGuardedWorld(builtInPolicies.none, saturday)
  await world.act(saturday, { step: 'payment' })
  const before = world.store.records(linkProfile).get('device:dev_own')?.profile
  await world.act(saturday + hour, { step: 'payment' })
  assert.equal(world.store.records(linkProfile).get('device:dev_own')?.profile, before)
  await world.act(saturday + 2 * day, { step: 'payment' })
  assert.notEqual(world.store.records(linkProfile).get('device:dev_own')?.profile, before)
})
