import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { findCustomer } from '#identity'
import { day, hour } from '#kernel'
import { noticesOf } from '#notifications'
import { testDatabase } from '#test-support'
import { createAuthenticate } from './authenticate.ts'
import { createReceiveSmsSignal } from './receive-sms-signal.ts'
import { createResetPassword } from './reset-password.ts'
import { createSignIn } from './sign-in.ts'
import {
  codeIn,
  codeOf,
  createIdentityStage,
  from,
  idNumber,
  password,
  valueOf,
} from './identity-stage.fixture.ts'

const newPassword = 'the thief knows this one'
const signals = { remoteControl: false, callInProgress: false, emulator: false }
const thiefsPhone = '+8613900000666'

let stage: Awaited<ReturnType<typeof createIdentityStage>>
before(async () => {
  stage = await createIdentityStage(await testDatabase())
})
after(() => stage.close())

/** The victim's texts go to the thief, who asks for a code and resets on his own device. */
async function hijackAndReset(phone: string) {
  await stage.simulators.carrier.forwardSms(phone, thiefsPhone)
  await stage.code(phone, 'reset').catch(() => undefined)
  const [message] = await stage.simulators.carrier.inbox(thiefsPhone)
  const input = { phone, idNumber, code: codeIn(message?.text), newPassword }
  return createResetPassword(stage.context)(input, from('dev_thief', '198.51.100'))
}

async function liveness(token: string): Promise<string> {
  const shown = { token, deviceId: 'dev_any', network: '203.0.113', signals }
  return codeOf(await createAuthenticate(stage.context)(shown))
}

test('under today, a reset with forwarded texts is refused, and the victim is warned', async () => {
  await stage.publish('today')
  const phone = '+8613800000301'
  const victim = await stage.signUp(phone)
  stage.clock.advance(day / 4)
  const answer = valueOf(await hijackAndReset(phone))
  assert.ok(answer.status === 'denied')
  assert.equal(answer.callCarrier, true)
  assert.deepEqual(
    answer.decisions.map(({ outcome }) => outcome),
    ['deny'],
  )
  assert.ok(answer.decisions[0]?.reasons.some(({ code }) => code === 'SMS_INTERCEPTED'))

  assert.equal(await liveness(victim.token), 'ok')
  const old = await createSignIn(stage.context)({ phone, password }, from(victim.deviceId))
  assert.equal(valueOf(old).status, 'signed_in')
  const who = await findCustomer(stage.sql, victim.customerId)
  assert.equal(who?.forwarding, 'yes')
  assert.equal(who?.smsSignalAt, who?.smsObservedAt)
  for (const channel of ['app', 'email'] as const) {
    const [notice] = await noticesOf(stage.sql, victim.customerId, { channel })
    assert.equal(notice?.code, 'reset_refused_sms')
    assert.equal(notice?.callCarrier, true)
  }
  assert.deepEqual(await noticesOf(stage.sql, victim.customerId, { channel: 'sms' }), [])
})

test('under 2013, the same reset lets the thief in and ends the victim’s sessions', async () => {
  await stage.publish('2013')
  const phone = '+8613800000302'
  const victim = await stage.signUp(phone)
  const answer = valueOf(await hijackAndReset(phone))
  assert.ok(answer.status === 'done')
  assert.deepEqual(
    answer.decisions.map(({ outcome }) => outcome),
    ['allow', 'allow'],
  )
  assert.equal(await liveness(victim.token), 'session_expired')
  assert.equal(await liveness(answer.session.token), 'ok')
  const rows = await stage.sql`select step from risk.decision
    where customer_id = ${victim.customerId} order by step`
  assert.deepEqual(
    rows.map((row) => row['step']),
    ['reset', 'sign_in'],
  )
  const signIn = createSignIn(stage.context)
  const old = await signIn({ phone, password }, from(victim.deviceId))
  assert.equal(codeOf(old), 'credentials_wrong')
  const [device] = await stage.sql`select added_by, trusted_from > added_at as later
    from identity.device where customer_id = ${victim.customerId} and device_id = 'dev_thief'`
  assert.deepEqual({ ...device }, { added_by: 'reset', later: true })
})

test('an honest reset works under today while the carrier says all is well', async () => {
  await stage.publish('today')
  const phone = '+8613800000303'
  const customer = await stage.signUp(phone)
  const code = await stage.code(phone, 'reset')
  const input = { phone, idNumber, code, newPassword: 'a fresh password' }
  const answer = valueOf(await createResetPassword(stage.context)(input, from(customer.deviceId)))
  assert.equal(answer.status, 'done')
  const again = await createResetPassword(stage.context)(input, from(customer.deviceId))
  assert.equal(codeOf(again), 'code_expired')
})

test('a silent carrier is no reason to believe a text', async () => {
  await stage.publish('today')
  const phone = '+8613800000304'
  await stage.signUp(phone)
  const code = await stage.code(phone, 'reset')
  await stage.simulators.setFault('carrier', 'timeout')
  const input = { phone, idNumber, code, newPassword: 'a fresh password' }
  const answer = await createResetPassword(stage.context)(input, from(null))
  await stage.simulators.setFault('carrier', null)
  assert.equal(valueOf(answer).status, 'denied')
})

test('a swapped SIM is no proof either', async () => {
  await stage.publish('today')
  const phone = '+8613800000305'
  await stage.signUp(phone)
  await stage.simulators.carrier.swapSim(phone, thiefsPhone)
  await stage.code(phone, 'reset').catch(() => undefined)
  const [message] = await stage.simulators.carrier.inbox(thiefsPhone)
  const input = { phone, idNumber, code: codeIn(message?.text), newPassword }
  const answer = valueOf(await createResetPassword(stage.context)(input, from(null)))
  assert.equal(answer.status, 'denied')
})

test('an unknown phone and a wrong ID number look alike, five times per code', async () => {
  const known = '+8613800000306'
  await stage.signUp(known)
  const reset = createResetPassword(stage.context)
  for (const phone of [known, '+8613800000399']) {
    const code = await stage.code(phone, 'reset')
    const input = { phone, idNumber: '110101198001010000', code, newPassword }
    for (let n = 0; n < 5; n += 1) {
      assert.equal(codeOf(await reset(input, from(null))), 'identity_mismatch')
    }
    assert.equal(codeOf(await reset({ ...input, idNumber }, from(null))), 'code_expired')
  }
})

test('of twenty resets with one code at once, one replaces the password', async () => {
  const phone = '+8613800000307'
  await stage.signUp(phone)
  const code = await stage.code(phone, 'reset')
  const reset = createResetPassword(stage.context)
  const tries = Array.from({ length: 20 }, (_, n) =>
    reset({ phone, idNumber, code, newPassword: `new password ${n}` }, from(null)),
  )
  const answers = (await Promise.all(tries)).map(codeOf)
  assert.equal(answers.filter((answer) => answer === 'ok').length, 1)
  assert.equal(answers.filter((answer) => answer === 'code_expired').length, 19)
})

test('a signal of the carrier is told once, on clean channels; codes stop working', async () => {
  await stage.publish('today')
  const phone = '+8613800000308'
  const { customerId } = await stage.signUp(phone)
  const receive = createReceiveSmsSignal(stage.context)
  const at = stage.context.now()
  const signal = { phone, kind: 'sms_silence', active: true, at } as const
  await receive({ ...signal, reference: 'event-1' })
  await receive({ ...signal, reference: 'event-1' })
  await receive({ ...signal, reference: 'event-2' })
  const notices = await noticesOf(stage.sql, customerId)
  assert.deepEqual(
    notices.map((notice) => notice.code),
    ['sms_silence'],
  )
  assert.match(notices[0]?.text ?? '', /mobile operator/)
  const code = await stage.code(phone, 'reset')
  const input = { phone, idNumber, code, newPassword }
  const answer = await createResetPassword(stage.context)(input, from(null))
  assert.equal(valueOf(answer).status, 'denied')
  const stranger = await receive({ ...signal, phone: '+8613800000398', reference: 'event-3' })
  assert.deepEqual(valueOf(stranger), { status: 'not_a_customer' })
})

/** A reset with nothing but what a thief has, on a device of his own. */
async function resetByText(phone: string, device: string) {
  const code = await stage.code(phone, 'reset')
  const input = { phone, idNumber, code, newPassword }
  return createResetPassword(stage.context)(input, from(device, '198.51.100'))
}

test('SMS-only recovery: it waits a day, and the owner ends it by signing in', async () => {
  await stage.publish('today')
  const phone = '+8613800000390'
  const owner = await stage.signUp(phone)
  stage.clock.advance(hour)
  const asked = valueOf(await resetByText(phone, 'dev_thief390'))
  assert.ok(asked.status === 'waiting')
  assert.equal(asked.ripeAt - stage.clock.now(), day)
  assert.ok(asked.decisions[0]?.reasons.some(({ code }) => code === 'RESET_BY_TEXT'))
  const told = await noticesOf(stage.sql, owner.customerId, { channel: 'app' })
  assert.equal(told[0]?.code, 'reset_waiting')
  stage.clock.advance(day / 2)
  assert.equal(valueOf(await resetByText(phone, 'dev_thief390')).status, 'waiting')
  const signIn = createSignIn(stage.context)
  const own = valueOf(await signIn({ phone, password }, from(owner.deviceId)))
  assert.equal(own.status, 'signed_in')
  stage.clock.advance(day)
  const late = valueOf(await resetByText(phone, 'dev_thief390'))
  assert.equal(late.status, 'waiting', 'it begins anew')
  assert.equal(valueOf(await signIn({ phone, password }, from(owner.deviceId))).status, 'signed_in')
})

test('who has lost everything waits a day and gets in with a new code, once', async () => {
  await stage.publish('today')
  const phone = '+8613800000391'
  await stage.signUp(phone)
  stage.clock.advance(hour)
  assert.equal(valueOf(await resetByText(phone, 'dev_new391')).status, 'waiting')
  stage.clock.advance(day)
  const other = valueOf(await resetByText(phone, 'dev_other391'))
  assert.equal(other.status, 'waiting', 'another device has not waited')
  const done = valueOf(await resetByText(phone, 'dev_new391'))
  assert.equal(done.status, 'done')
  assert.equal(valueOf(await resetByText(phone, 'dev_new391')).status, 'waiting')
})
