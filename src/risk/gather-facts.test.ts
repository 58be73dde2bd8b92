import assert from 'node:assert/strict'
import { test } from 'node:test'
import { day, hour, minute, type Instant } from '#kernel'
import { addToHolder } from './add-to-holder.ts'
import { never } from './facts.ts'
import { gatherFacts, type Profiles } from './gather-facts.ts'
import { guardInput, saturday as now } from './guard-input.fixture.ts'
import { addToLink } from './link-profile.ts'
import { hashOf, type EventKind } from './profile-layout.ts'

const nobody: Profiles = { holder: null, payee: null, device: null, network: null }

/** A holder's profile from [kind, how long ago, fen, other party]. */
function holderOf(...events: [EventKind, number, number, string?][]): Uint8Array {
  let bytes: Uint8Array | null = null
  for (const [kind, ago, amount, party] of events) {
    const event = { kind, amount, party: party === undefined ? 0 : hashOf(party) }
    bytes = addToHolder(bytes, {
      ...event,
      at: now - ago,
      device: hashOf('dev_own'),
      network: hashOf('203.0.113'),
    })
  }
  return bytes ?? assert.fail('no events')
}

function factsOf(profiles: Partial<Profiles>, changes = {}, at: Instant = now) {
  return gatherFacts(guardInput(changes), { ...nobody, ...profiles }, at)
}

test('nobody known: the payee is new, the device known, all counts begin with this payment', () => {
  const facts = factsOf({})
  assert.equal(facts.newPayee, true)
  assert.equal(facts.newPayees24h, 1)
  assert.equal(facts.newPayeeSum24h, 10_000)
  assert.equal(facts.nearEqual24h, 1)
  assert.equal(facts.networkAge, 0)
  assert.equal(facts.deviceAge, (400 * day) / minute)
  assert.equal(facts.resetAge, never)
  assert.equal(facts.timesLargest, 65_535)
})

test('a payee paid a day ago or more is known, one paid since is still new and counts once', () => {
  const known = factsOf({ holder: holderOf(['paid', day, 5_000, 'cus_payee']) })
  assert.equal(known.newPayee, false)
  assert.equal(known.newPayeeSum24h, 0)
  assert.equal(known.paymentsToPayee, 1)
  const fresh = factsOf({
    holder: holderOf(['paid', hour, 5_000, 'cus_payee'], ['paid', minute, 700, 'cus_other']),
  })
  assert.equal(fresh.newPayee, true)
  assert.equal(fresh.newPayees24h, 2)
  assert.equal(fresh.newPayeeSum24h, 15_700)
})

test('the share leaving is measured on what was there before the day began to drain', () => {
  const holder = holderOf(['redeemed', 2 * hour, 900_000], ['paid', hour, 250_000, 'cus_a'])
  const money = { amount: 250_000n, walletAvailable: 650_000n, fundUnits: 100_000n }
  const facts = factsOf({ holder }, { money })
  assert.equal(facts.leavingSum24h, 500_000)
  assert.equal(facts.shareLeaving24h, 50)
  assert.equal(facts.redeemedSum24h, 900_000)
})

test('paying from the fund redeems and pays at once', () => {
  const facts = factsOf({}, { money: { source: 'fund', amount: 70_000n } })
  assert.equal(facts.redeemedSum24h, 70_000)
  assert.equal(facts.leavingSum24h, 70_000)
})

test('a redemption alone leaves nothing', () => {
  const facts = factsOf({}, { step: 'redeem', payee: null, money: { amount: 70_000n } })
  assert.equal(facts.leavingSum24h, 0)
  assert.equal(facts.newPayee, false)
  assert.equal(facts.payeeAge, never)
})

test('a mule shows: new payers, and what came in has gone on', () => {
  const payee = holderOf(
    ['received', 5 * hour, 400_000, 'cus_v1'],
    ['received', 4 * hour, 600_000, 'cus_v2'],
    ['withdrawn', 3 * hour, 500_000],
    ['paid', hour, 400_000, 'cus_boss'],
  )
  const facts = factsOf({ payee })
  assert.equal(facts.payeeNewPayers24h, 2)
  assert.equal(facts.payeePayers24h, 2)
  assert.equal(facts.payeeIn24h, 1_000_000)
  assert.equal(facts.payeePassThrough, 90)
})

test('nearly equal pieces are counted over payments and attempts', () => {
  const holder = holderOf(
    ['paid', 3 * hour, 10_000, 'cus_a'],
    ['attempted', 2 * hour, 9_800, 'cus_b'],
    ['paid', hour, 30_000, 'cus_c'],
  )
  const facts = factsOf({ holder })
  assert.equal(facts.nearEqual24h, 3)
  assert.equal(facts.nearEqualSum24h, 29_800)
  assert.equal(facts.attempts24h, 1)
  assert.equal(facts.attemptedSum24h, 9_800)
})

test('customers of a device and a network, and other places of the day', () => {
  let device: Uint8Array | null = null
  for (const id of ['a', 'b', 'c']) device = addToLink(device, hashOf(id), now - hour)
  const holder = holderOf(['paid', 20 * day, 100, 'cus_a'], ['paid', hour, 100, 'cus_a'])
  const parties = { deviceId: 'dev_else', network: '203.0.113' }
  const facts = factsOf({ device, network: device, holder }, { parties })
  assert.equal(facts.deviceCustomers, 3)
  assert.equal(facts.networkCustomers, 3)
  assert.equal(facts.devices24h, 1)
  assert.equal(facts.networks24h, 0)
  assert.equal(facts.networkAge, (20 * day) / minute)
})

test('sleep is counted in days, by the profile or by what the flow knows', () => {
  assert.equal(factsOf({ holder: holderOf(['paid', 200 * day, 1, 'cus_a']) }).dormantDays, 200)
  assert.equal(factsOf({}, { customer: { lastActiveAt: now - 90 * day } }).dormantDays, 90)
  assert.equal(factsOf({}, { customer: { lastActiveAt: null } }).dormantDays, 500)
})
