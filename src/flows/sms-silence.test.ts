import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { day, hour, minute, sha256Hex } from '#kernel'
import { testDatabase } from '#test-support'
import {
  codeIn,
  codeOf,
  createIdentityStage,
  from,
  idNumber,
  valueOf,
} from './identity-stage.fixture.ts'
import type { Actor } from './context.ts'
import { createReportSeenMessages, type SeenMessages } from './report-seen-messages.ts'
import { createRequestCode } from './request-code.ts'
import { createResetPassword } from './reset-password.ts'

let stage: Awaited<ReturnType<typeof createIdentityStage>>
before(async () => {
  stage = await createIdentityStage(await testDatabase())
  await stage.publish('2013')
})
after(() => stage.close())

/** A customer whose own phone is the one with the number. */
async function owner(phone: string): Promise<Actor> {
  const actor = await stage.actor(await stage.signUp(phone))
  // His phone has seen the code of his sign-up; from here on nothing is open.
  await report(actor, phone)
  stage.clock.advance(hour)
  return actor
}

/** The app on a phone reports what lies in its inbox. */
async function report(actor: Actor, inbox: string, changes: Partial<SeenMessages> = {}) {
  const messages = await stage.simulators.carrier.inbox(inbox)
  const hashes = messages.map(({ text }) => sha256Hex(text))
  const requestId = stage.context.ids.next('req')
  const usual = { requestId, hashes, completeMs: day, receivingMs: day, holdsSim: true }
  return createReportSeenMessages(stage.context)(actor, { ...usual, ...changes })
}

async function silenceOf(phone: string): Promise<string> {
  const [row] = await stage.sql`select silence from identity.customer where phone = ${phone}`
  return row?.['silence']
}

async function notices(customerId: string) {
  const rows = await stage.sql`
    select channel, template from notifications.notice
    where customer_id = ${customerId} and template = 'sms_silence' order by channel`
  return rows.map((row) => row['channel'])
}

async function askForCode(phone: string): Promise<void> {
  valueOf(await createRequestCode(stage.context)({ phone, purpose: 'reset' }))
}

test('thief: texts that go astray are missed by the phone, and he is stopped', async () => {
  const phone = '+8613800000201'
  const actor = await owner(phone)
  // A hijack that no carrier signal tells of: the texts just end up elsewhere.
  await stage.simulators.carrier.forwardSms(phone, '+8617000000201')
  await askForCode(phone)
  await stage.simulators.carrier.stopForwarding(phone)
  stage.clock.advance(4 * minute)
  assert.equal(await silenceOf(phone), 'no')
  await report(actor, phone)
  assert.equal(await silenceOf(phone), 'yes')
  assert.deepEqual(await notices(actor.customerId), ['app', 'email'])
  const [stolen] = await stage.simulators.carrier.inbox('+8617000000201', 1)
  const wish = { phone, idNumber, code: codeIn(stolen?.text), newPassword: 'a brand new one 12' }
  await stage.publish('today')
  const answer = await createResetPassword(stage.context)(wish, from('dev_thief', '198.51.100'))
  assert.ok(answer.ok && answer.value.status === 'denied')
  await stage.publish('2013')
})

test('thief: a code used that the phone never had is noticed, even without service', async () => {
  const phone = '+8613800000202'
  const actor = await owner(phone)
  await stage.simulators.carrier.swapSim(phone, 'thief of 202')
  await askForCode(phone)
  const [stolen] = await stage.simulators.carrier.inbox('thief of 202', 1)
  const wish = { phone, idNumber, code: codeIn(stolen?.text), newPassword: 'a brand new one 12' }
  const used = await createResetPassword(stage.context)(wish, from('dev_thief', '198.51.100'))
  assert.ok(used.ok && used.value.status !== 'denied', codeOf(used))
  stage.clock.advance(3 * minute)
  await report(actor, phone, { receivingMs: null })
  assert.equal(await silenceOf(phone), 'yes')
})

test('honest twin: phone off, flight mode, roaming, the SIM in another phone', async () => {
  const phone = '+8613800000203'
  const actor = await owner(phone)
  const silent = { hashes: [] }
  const twins: Partial<SeenMessages>[] = [
    { ...silent, completeMs: 3 * minute, receivingMs: 3 * minute },
    { ...silent, receivingMs: 3 * minute },
    { ...silent, receivingMs: null },
    { ...silent, holdsSim: false },
  ]
  for (const twin of twins) {
    await askForCode(phone)
    stage.clock.advance(4 * minute)
    await report(actor, phone, twin)
    assert.equal(await silenceOf(phone), 'no', JSON.stringify(twin))
    stage.clock.advance(hour)
  }
  // The text comes after all, and he uses it: nothing was ever wrong.
  await report(actor, phone)
  assert.equal(await silenceOf(phone), 'no')
})

test('honest twin: he types the code at once and his phone reports it', async () => {
  const phone = '+8613800000204'
  const actor = await owner(phone)
  const code = await stage.code(phone, 'reset')
  const wish = { phone, idNumber, code, newPassword: 'a brand new one 12' }
  valueOf(await createResetPassword(stage.context)(wish, from(actor.deviceId)))
  stage.clock.advance(10 * minute)
  await report(actor, phone)
  assert.equal(await silenceOf(phone), 'no')
})

test('a thief’s own phone can neither raise silence nor say that it has seen a text', async () => {
  const phone = '+8613800000205'
  const actor = await owner(phone)
  await askForCode(phone)
  stage.clock.advance(4 * minute)
  const strange = { ...actor, deviceId: 'dev_thief' }
  await report(strange, 'nobody')
  assert.equal(await silenceOf(phone), 'no')
  const both = { ...strange, sessionDeviceId: 'dev_thief' }
  await report(both, phone)
  await report(actor, 'nobody')
  assert.equal(await silenceOf(phone), 'yes')
})

test('silence ends only when a code sent a day later is seen by the enrolled phone', async () => {
  const phone = '+8613800000206'
  const actor = await owner(phone)
  await askForCode(phone)
  stage.clock.advance(4 * minute)
  await report(actor, 'nobody')
  await askForCode(phone)
  await report(actor, phone)
  assert.equal(await silenceOf(phone), 'yes')
  stage.clock.advance(day)
  await askForCode(phone)
  await report(actor, phone)
  assert.equal(await silenceOf(phone), 'no')
})
