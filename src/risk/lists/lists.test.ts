import assert from 'node:assert/strict'
import { afterEach, beforeEach, test } from 'node:test'
import type { Command } from '#commit'
import { day, hour, minute } from '#kernel'
import { decisionLog, type DecisionRow } from '../decision-log.ts'
import { createGuardedWorld, type GuardedWorld } from '../guarded-world.fixture.ts'
import { saturday, type guardInput } from '../guard-input.fixture.ts'
import { policyToday } from '../policies/policy-today.ts'
import { explainDecision, replayDecision } from '../replay-decision.ts'
import { publishPolicy } from '../publish-policy.ts'
import { policyNone } from '../policies/policy-none.ts'
import { addListEntry, type AddListEntry } from './add-list-entry.ts'
import { mostMeasures, phoneHash } from './measures.ts'
import { removeListEntry } from './remove-list-entry.ts'
import { endSnooze, snoozeRule } from './snooze-rule.ts'

type Changes = NonNullable<Parameters<typeof guardInput>[0]>

let world: GuardedWorld
let now = saturday
let number = 0

const rows: DecisionRow[] = []

beforeEach(async () => {
  world = await createGuardedWorld(policyToday, saturday - day)
  now = saturday
})

afterEach(() => {
  rows.push(...world.store.rows(decisionLog))
})

async function run<In, Out>(command: Command<In, Out>, input: In): Promise<Out> {
  world.clock.set(now)
  const id = `change_${(number += 1)}`
  const submitted = await world.lane.submit(command, { owner: 'test', id, content: id, input })
  assert(submitted.status === 'done')
  return submitted.output
}

async function list(entry: Partial<AddListEntry>): Promise<string> {
  const id = `lst_${(number += 1)}`
  const plain = { list: 'block', kind: 'account', value: 'cus_payer', final: false } as const
  const wish = { id, reason: 'a test', until: null, by: 'opr_a', ...plain, ...entry }
  const added = await run(addListEntry, wish)
  assert.equal(added.status, 'added')
  return id
}

async function unlist(id: string): Promise<void> {
  const removed = await run(removeListEntry, { id, reason: 'over', by: 'opr_b' })
  assert.equal(removed.status, 'removed')
}

async function act(changes: Changes = {}) {
  now += minute
  return world.act(now, changes)
}

function stored(id: string): DecisionRow {
  const row = world.store.rows(decisionLog).find((one) => one.id === id)
  assert(row !== undefined)
  return row
}

/** To a payee never paid, of a sum that `today` holds. */
const heldTo = (id: string): Changes => ({
  payee: { id },
  parties: {
    holder: '2010:cus_payer',
    payeeHolder: `2010:${id}`,
    deviceId: 'dev_own',
    network: '203.0.113',
  },
  money: { amount: 4_000_000n, walletAvailable: 90_000_000n },
})
const held = heldTo('cus_stranger')

test('a block denies at once, an allow entry overrides it, a final block both', async () => {
  assert.equal((await act()).outcome, 'allow')
  const block = await list({})
  const denied = await act()
  assert.deepEqual([denied.outcome, denied.score, denied.level], ['deny', 100, 'highest'])
  assert.equal(denied.reasons[0]?.code, 'LISTED_BLOCK')
  const allow = await list({ list: 'allow', kind: 'device', value: 'dev_own' })
  assert.equal((await act()).outcome, 'allow')
  const final = await list({ final: true, kind: 'network', value: '203.0.113' })
  assert.equal((await act()).outcome, 'deny')
  await unlist(final)
  assert.equal((await act()).outcome, 'allow')
  await unlist(allow)
  assert.equal((await act()).outcome, 'deny')
  await unlist(block)
  assert.equal((await act()).outcome, 'allow')
})

test('lists go before rules: an allow entry lifts a hold', async () => {
  assert.equal((await act(held)).outcome, 'hold')
  const allow = await list({ list: 'allow', kind: 'payee', value: 'cus_stranger' })
  const lifted = await act(held)
  assert.equal(lifted.outcome, 'allow')
  assert(lifted.ruleHits > 0n, 'what the rules found stays with the decision')
  await unlist(allow)
})

test('an allow entry never makes a hijacked SMS a proof', async () => {
  const allow = await list({ list: 'allow' })
  const hijacked = await act({ step: 'reset', proof: 'sms', sms: { forwarding: 'yes' } })
  assert.equal(hijacked.outcome, 'deny')
  await unlist(allow)
})

test('a watched account goes on as it would, marked', async () => {
  const id = await list({ list: 'watch' })
  const watched = await act()
  assert.deepEqual([watched.outcome, watched.level], ['allow', 'elevated'])
  assert.deepEqual(
    watched.reasons.map(({ code, rule }) => [code, rule]),
    [['LISTED_WATCH', id]],
  )
  await unlist(id)
})

test('accounts, payees, devices, networks and phone numbers are found', async () => {
  const phone = '+8613800000001'
  const found = [
    ['account', 'cus_payer'],
    ['payee', 'cus_payee'],
    ['device', 'dev_own'],
    ['network', '203.0.113'],
    ['phone', phoneHash(phone)],
  ] as const
  for (const [kind, value] of found) {
    const id = await list({ kind, value })
    assert.equal((await act({ customer: { phone } })).outcome, 'deny', kind)
    await unlist(id)
  }
  // A payee is no account, and a number of somebody else is not this one.
  const others = [
    await list({ kind: 'account', value: 'cus_payee' }),
    await list({ kind: 'payee', value: 'cus_payer' }),
    await list({ kind: 'phone', value: phoneHash('+8613800000002') }),
  ]
  assert.equal((await act({ customer: { phone } })).outcome, 'allow')
  for (const id of others) await unlist(id)
})

test('an entry ends by itself; twice the same, in the past or too many are refused', async () => {
  await list({ until: now + hour })
  assert.equal((await act()).outcome, 'deny')
  const again = { list: 'block', kind: 'account', value: 'cus_payer', final: false } as const
  const wish = { ...again, id: 'lst_again', reason: 'twice', by: 'opr_a', until: null }
  assert.equal((await run(addListEntry, wish)).status, 'already_in_force')
  now += hour
  assert.equal((await act()).outcome, 'allow')
  const past = { ...wish, id: 'lst_past', until: now - 1 }
  assert.equal((await run(addListEntry, past)).status, 'moment_passed')
  const nobody = { id: 'lst_nobody', reason: 'none', by: 'opr_a' }
  assert.equal((await run(removeListEntry, nobody)).status, 'measure_not_found')
  assert(mostMeasures >= 1_000)
})

test('a publication leaves the lists as they are', async () => {
  const id = await list({})
  await run(publishPolicy, { document: policyNone, by: 'program' })
  assert.equal((await act()).outcome, 'deny')
  await run(publishPolicy, { document: policyToday, by: 'program' })
  assert.equal((await act()).outcome, 'deny')
  await unlist(id)
})

test('a snoozed rule does not count for this account until it wakes, and is shown so', async () => {
  const before = await act(held)
  const rules = before.reasons.map(({ rule }) => rule)
  assert.deepEqual(rules, ['new-payee-sum', 'first-payment-large'])
  const snooze = (id: string, rule: string, until = now + day) =>
    run(snoozeRule, { id, rule, account: 'cus_payer', until, reason: 'a house', by: 'opr_a' })
  for (const [index, rule] of rules.entries()) {
    assert.equal((await snooze(`snz_${index}`, rule)).status, 'snoozed')
  }
  const asleep = await act(held)
  assert.deepEqual([asleep.outcome, asleep.score, asleep.ruleHits], ['allow', 0, 0n])
  const { rules: shown } = explainDecision(stored(asleep.id), policyToday)
  assert.deepEqual(
    shown.filter(({ result }) => result === 'snoozed').map(({ rule }) => rule),
    rules,
  )
  assert.equal((await act({ ...held, customer: { id: 'cus_other' } })).outcome, 'hold')
  assert.equal((await run(endSnooze, { id: 'snz_0', by: 'opr_b' })).status, 'ended')
  assert.equal((await act(held)).outcome, 'hold')
  now += day
  assert.equal((await act(heldTo('cus_other_stranger'))).reasons.length, 2)
  assert.equal((await run(endSnooze, { id: 'snz_1', by: 'opr_b' })).status, 'measure_over')
  assert.equal((await snooze('snz_8', 'no-such-rule')).status, 'rule_not_found')
  assert.equal((await snooze('snz_9', 'sms-intercepted')).status, 'rule_not_snoozable')
  assert.equal((await snooze('snz_7', 'balance-drain', now)).status, 'moment_passed')
})

test('every decision made under lists and snoozes replays to the same', () => {
  assert(rows.filter(({ measures }) => measures !== null).length > 10)
  for (const row of rows.filter(({ policyVersion }) => policyVersion.startsWith('today'))) {
    const { outcome, score, level, ruleHits } = replayDecision(row, policyToday)
    const { outcome: was, score: scored, level: at, ruleHits: hit } = row
    assert.deepEqual([outcome, score, level, ruleHits], [was, scored, at, hit])
  }
})
