import assert from 'node:assert/strict'
import { setTimeout as sleep } from 'node:timers/promises'
import { after, before, test } from 'node:test'
import { createLane, createPostgresStore, shareRow, type Command } from '#commit'
import { auditRows } from '#identity'
import { day } from '#kernel'
import { account } from '#ledger'
import { decideInCommand, guardKeys, holderProfile, type Decision, type GuardInput } from '#risk'
import { testDatabase } from '#test-support'
import { codeOf, createIdentityStage, valueOf } from './identity-stage.fixture.ts'
import { createListFlows, type ListWish } from './keep-lists.ts'

type Database = Awaited<ReturnType<typeof testDatabase>>
let database: Database
let stage: Awaited<ReturnType<typeof createIdentityStage>>
let flows: ReturnType<typeof createListFlows>
let number = 0

before(async () => {
  database = await testDatabase()
  stage = await createIdentityStage(database)
  await stage.publish('today')
  flows = createListFlows(stage.context)
})
after(() => stage.close())

const analyst = { operatorId: 'opr_a', roles: ['analyst'] }
const supervisor = { operatorId: 'opr_s', roles: ['supervisor'] }
const auditor = { operatorId: 'opr_x', roles: ['auditor'] }

function wish(changes: Partial<ListWish> = {}): ListWish {
  const requestId = `wish-${(number += 1)}`
  const plain = { list: 'block', kind: 'payee', value: 'cus_mule', final: false } as const
  return { requestId, ...plain, reason: 'seen in three reports', until: null, ...changes }
}

/** One ordinary payment to somebody, decided and nothing else. */
const decides: Command<GuardInput, Decision> = {
  name: 'test.decide',
  reads: ({ parties }) => guardKeys(parties),
  apply: (state, input, now) => decideInCommand(state, input, now),
}

function payment(payee: string, phone = '+8613800000777'): GuardInput {
  const now = stage.clock.now()
  const createdAt = now - 400 * day
  return {
    decisionId: `dec_${(number += 1)}`,
    step: 'payment',
    subject: '',
    parties: { holder: '2010:cus_p', payeeHolder: `2010:${payee}`, deviceId: null, network: null },
    customer: {
      id: 'cus_p',
      phone,
      createdAt,
      passwordChangedAt: null,
      lastResetAt: null,
      failedSignIns24h: 0,
      lastActiveAt: now,
    },
    device: { addedAt: createdAt, trusted: true, addedBy: 'sign_up' },
    session: { startedAt: now, otherDevice: false },
    proof: 'none',
    sms: { forwarding: 'no', simSwap: 'no', silence: 'no', observedAt: now },
    deviceSignals: { remoteControl: false, callInProgress: false, emulator: false },
    money: { amount: 1_000n, source: 'wallet', walletAvailable: 90_000n, fundUnits: 0n },
    payee: { id: payee, kind: 'person', createdAt, deviceCustomers: 1 },
    bankAccount: null,
  }
}

async function outcomeOf(input: GuardInput, lane = stage.context.lane): Promise<string> {
  const { decisionId: id } = input
  const done = await lane.submit(decides, { owner: 'test', id, content: id, input })
  assert(done.status === 'done')
  return done.output.outcome
}

test('analysts watch and block; only supervisors allow, block for good and remove', async () => {
  assert.equal(codeOf(await flows.addToList(auditor, wish())), 'role_forbidden')
  const { id } = valueOf(await flows.addToList(analyst, wish({ value: 'cus_one' })))
  const final = wish({ value: 'cus_two', final: true })
  assert.equal(codeOf(await flows.addToList(analyst, final)), 'role_forbidden')
  const allow = wish({ value: 'cus_two', list: 'allow' })
  assert.equal(codeOf(await flows.addToList(analyst, allow)), 'role_forbidden')
  valueOf(await flows.addToList(supervisor, { ...final, requestId: 'final-1' }))
  const off = { requestId: 'off-1', id, reason: 'a namesake' }
  assert.equal(codeOf(await flows.removeFromList(analyst, off)), 'role_forbidden')
  valueOf(await flows.removeFromList(supervisor, off))
  assert.equal(
    codeOf(await flows.removeFromList(supervisor, { ...off, requestId: 'off-2' })),
    'measure_over',
  )
})

test('every change of a list is noted in the audit log, with its reason', async () => {
  const rows = await auditRows(stage.sql, { limit: 10, before: null, only: {} })
  const noted = rows.map(({ action, subject, reason, outcome }) => {
    return { action, subject, reason, outcome }
  })
  const reason = 'seen in three reports'
  const final = { action: 'addDecisiveEntry', subject: 'block payee cus_two', reason }
  assert.deepEqual(
    noted.find(({ action }) => action === 'addDecisiveEntry'),
    { ...final, outcome: 'done' },
  )
  const removed = noted.filter(({ action }) => action === 'removeListEntry')
  assert.deepEqual(
    removed.map((row) => [row.reason, row.outcome]),
    [
      ['a namesake', 'measure_over'],
      ['a namesake', 'done'],
    ],
  )
})

test('an entry is in force at once in another process, until it is removed', async () => {
  const wait = (ms: number) => sleep(ms, undefined)
  const connect = () => database.database.connect('app', { max: 1 })
  const sharedRows = [shareRow(account, holderProfile)]
  const store = createPostgresStore({ connect, sharedRows, sleep: wait })
  const other = createLane({ store, clock: stage.clock, sleep: wait })
  try {
    assert.equal(await outcomeOf(payment('cus_mule'), other), 'allow')
    const { id } = valueOf(await flows.addToList(analyst, wish()))
    assert.equal(await outcomeOf(payment('cus_mule'), other), 'deny')
    assert.equal(await outcomeOf(payment('cus_mule')), 'deny')
    const kept = await stage.sql<{ listed: string }[]>`
      select measures->'listed'->0->>'id' as listed from risk.decision
      where measures is not null limit 1`
    assert.equal(kept[0]?.listed, id)
    valueOf(await flows.removeFromList(supervisor, { requestId: 'off-3', id, reason: 'over' }))
    assert.equal(await outcomeOf(payment('cus_mule'), other), 'allow')
  } finally {
    await other.close()
  }
})

test('a phone number is kept as its hash and found by the number', async () => {
  const value = '+8613800000009'
  assert.equal(
    codeOf(await flows.addToList(analyst, wish({ kind: 'phone', value: 'cus_p' }))),
    'phone_malformed',
  )
  const { id } = valueOf(await flows.addToList(analyst, wish({ kind: 'phone', value })))
  const [found] = await flows.readLists({ value, history: false })
  assert.equal(found?.id, id)
  assert.match(found?.value ?? '', /^[0-9a-f]{64}$/)
  assert.equal(await outcomeOf(payment('cus_friend', value)), 'deny')
  assert.equal(await outcomeOf(payment('cus_friend')), 'allow')
})

test('what ran out or was removed is history', async () => {
  const until = stage.clock.now() + day
  const { id } = valueOf(await flows.addToList(analyst, wish({ value: 'cus_brief', until })))
  const inForce = async () =>
    (await flows.readLists({ value: 'cus_brief', history: false })).map((entry) => entry.id)
  assert.deepEqual(await inForce(), [id])
  stage.clock.advance(day)
  assert.deepEqual(await inForce(), [])
  const [kept] = await flows.readLists({ value: 'cus_brief', history: true })
  assert.equal(kept?.reason, 'seen in three reports')
})

test('a snooze is read, ended by anybody on the desk, and refused for what denies', async () => {
  const until = stage.clock.now() + day
  const asked = { rule: 'new-payee-sum', account: 'cus_p', until, reason: 'buys a house' }
  const snoozed = await flows.snoozeRule(analyst, { ...asked, requestId: 'snooze-1' })
  const { id } = valueOf(snoozed)
  assert.equal((await flows.readSnoozes({ account: 'cus_p', history: false }))[0]?.id, id)
  const denying = { ...asked, requestId: 'snooze-2', rule: 'sms-silence' }
  assert.equal(codeOf(await flows.snoozeRule(analyst, denying)), 'rule_not_snoozable')
  valueOf(await flows.endSnooze(analyst, { requestId: 'wake-1', id }))
  assert.equal((await flows.readSnoozes({ account: 'cus_p', history: false })).length, 0)
})

test('the tables refuse a final entry that is no block, and deletion', async () => {
  await assert.rejects(
    stage.sql`update risk.list_entry set list = 'watch', final = true`,
    /only_blocks_are_final/,
  )
  await assert.rejects(stage.sql`delete from risk.list_entry`, /permission denied/)
  await assert.rejects(stage.sql`delete from risk.snooze`, /permission denied/)
})
