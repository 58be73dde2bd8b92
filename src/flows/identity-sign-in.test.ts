import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { waitingSignIns } from '#identity'
import { hour, minute } from '#kernel'
import { noticesOf } from '#notifications'
import { testDatabase } from '#test-support'
import { createApproveSignIn } from './approve-sign-in.ts'
import { createAuthenticate } from './authenticate.ts'
import { createSignIn, type SignInAnswer } from './sign-in.ts'
import { createSignOut } from './sign-out.ts'
import {
  codeIn,
  codeOf,
  createIdentityStage,
  from,
  password,
  valueOf,
} from './identity-stage.fixture.ts'

let stage: Awaited<ReturnType<typeof createIdentityStage>>
before(async () => {
  stage = await createIdentityStage(await testDatabase())
})
after(() => stage.close())

async function count(table: string): Promise<number> {
  const [row] = await stage.sql`select count(*)::int4 as n from ${stage.sql(table)}`
  return row?.['n']
}

const quiet = { remoteControl: false, callInProgress: false, emulator: false }

function challenged(answer: SignInAnswer) {
  assert.ok(answer.status === 'challenged', answer.status)
  return answer
}

function signedIn(answer: SignInAnswer) {
  assert.ok(answer.status === 'signed_in', answer.status)
  return answer.session
}

test('the first device is trusted and gets in with the password', async () => {
  const phone = '+8613800000201'
  const first = await stage.signUp(phone)
  const again = await createSignIn(stage.context)({ phone, password }, from(first.deviceId))
  const session = signedIn(valueOf(again))
  assert.equal(session.customerId, first.customerId)
  assert.notEqual(session.token, first.token)
})

test('a wrong password and an unknown phone get the same answer', async () => {
  const phone = '+8613800000202'
  await stage.signUp(phone)
  const signIn = createSignIn(stage.context)
  const wrong = await signIn({ phone, password: 'not the password' }, from(null))
  const unknown = await signIn({ phone: '+8613800000299', password }, from(null))
  assert.deepEqual(wrong, unknown)
  assert.equal(codeOf(wrong), 'credentials_wrong')
})

test('ten failures close the door to known and unknown phones, not to the owner', async () => {
  const phone = '+8613800000203'
  const owner = await stage.signUp(phone)
  const signIn = createSignIn(stage.context)
  for (const tried of [phone, '+8613800000298']) {
    for (let n = 0; n < 10; n += 1) {
      const failed = await signIn({ phone: tried, password: `guess number ${n}` }, from(null))
      assert.equal(codeOf(failed), 'credentials_wrong')
    }
    const eleventh = await signIn({ phone: tried, password }, from(null))
    assert.equal(codeOf(eleventh), 'too_many_tries')
  }
  const byOwner = await signIn({ phone, password }, from(owner.deviceId))
  assert.equal(valueOf(byOwner).status, 'signed_in')
  stage.clock.advance(15 * minute)
  const later = await signIn({ phone: '+8613800000298', password }, from(null))
  assert.equal(codeOf(later), 'credentials_wrong')
})

test('a new device is asked for a code while SMS proves something', async () => {
  await stage.publish('today')
  const phone = '+8613800000204'
  const first = await stage.signUp(phone)
  const signIn = createSignIn(stage.context)
  const asked = challenged(valueOf(await signIn({ phone, password }, from(null))))
  assert.equal(asked.challenge.kind, 'sms_code')
  const [message] = await stage.simulators.carrier.inbox(phone)
  const code = codeIn(message?.text)
  const answer = { phone, password, challengeId: asked.challenge.id, code }
  const elsewhere = await signIn(answer, from('dev_another'))
  assert.equal(codeOf(elsewhere), 'challenge_not_found')
  const session = signedIn(valueOf(await signIn(answer, from(asked.deviceId))))
  assert.notEqual(session.deviceId, first.deviceId)
  assert.equal(codeOf(await signIn(answer, from(asked.deviceId))), 'challenge_not_found')
  const told = await noticesOf(stage.sql, first.customerId)
  assert.deepEqual(
    told.map((notice) => notice.code),
    ['new_device', 'sign_in_waiting'],
  )
  const [device] = await stage.sql`select trusted_from, added_at from identity.device
    where device_id = ${session.deviceId}`
  assert.equal(device?.['trusted_from'] - device?.['added_at'], 72 * hour)
})

test('with forwarding, only a trusted device can let a new one in', async () => {
  const phone = '+8613800000205'
  const first = await stage.signUp(phone)
  await stage.simulators.carrier.forwardSms(phone, '+8613900000666')
  const signIn = createSignIn(stage.context)
  const asked = challenged(valueOf(await signIn({ phone, password }, from(null))))
  assert.equal(asked.challenge.kind, 'trusted_device')
  assert.equal((await stage.simulators.carrier.inbox('+8613900000666')).length, 0)
  const again = { phone, password, challengeId: asked.challenge.id }
  const waiting = challenged(valueOf(await signIn(again, from(asked.deviceId))))
  assert.equal(waiting.challenge.id, asked.challenge.id)
  const [offered] = await waitingSignIns(stage.sql, first.customerId, stage.context.now())
  assert.equal(offered?.id, asked.challenge.id)

  const approve = createApproveSignIn(stage.context)
  const thief = await stage.actor(first, asked.deviceId)
  const input = { challengeId: asked.challenge.id }
  const byThief = await approve(thief, { ...input, requestId: 'a1' })
  assert.equal(codeOf(byThief), 'device_not_trusted')
  const byOwner = await approve(await stage.actor(first), { ...input, requestId: 'a2' })
  assert.equal(codeOf(byOwner), 'ok')
  const session = signedIn(valueOf(await signIn(again, from(asked.deviceId))))
  const [device] = await stage.sql`select trusted_from <= added_at as trusted
    from identity.device where device_id = ${session.deviceId}`
  assert.equal(device?.['trusted'], true)
})

test('a challenge ends after five minutes', async () => {
  const phone = '+8613800000206'
  await stage.signUp(phone)
  const signIn = createSignIn(stage.context)
  const asked = challenged(valueOf(await signIn({ phone, password }, from(null))))
  stage.clock.advance(5 * minute)
  const answer = { phone, password, challengeId: asked.challenge.id, code: '000000' }
  assert.equal(codeOf(await signIn(answer, from(asked.deviceId))), 'challenge_expired')
})

test('every sign-in has a decision with its facts', async () => {
  const phone = '+8613800000207'
  const first = await stage.signUp(phone)
  await createSignIn(stage.context)({ phone, password }, from(first.deviceId))
  const rows = await stage.sql`select step, outcome from risk.decision
    where customer_id = ${first.customerId}`
  assert.deepEqual(
    rows.map(({ step, outcome }) => [step, outcome]),
    [['sign_in', 'allow']],
  )
})

test('refused sign-ins are not remembered as answers under the client’s ids', async () => {
  const before = await count('risk.decision')
  const asked = { phone: '+8613800000297', password }
  await createSignIn(stage.context)(asked, from(null))
  assert.equal(await count('risk.decision'), before)
  const [row] = await stage.sql`select count(*)::int4 as n from commit.request
    where id not like 'sign-in/req_%' and id not like 'sign-up/%' and id not like 'code/%'
      and id not like 'test/%' and id not like 'cus_%'`
  assert.equal(row?.['n'], 0)
})

test('a session ends by itself after twelve hours, and at sign-out', async () => {
  const first = await stage.signUp('+8613800000208')
  const authenticate = createAuthenticate(stage.context)
  const { token, deviceId } = first
  const shown = { token, deviceId, network: '203.0.113', signals: quiet }
  stage.clock.advance(12 * hour - 1)
  assert.equal(codeOf(await authenticate(shown)), 'ok')
  stage.clock.advance(1)
  assert.equal(codeOf(await authenticate(shown)), 'session_expired')

  const second = await stage.signUp('+8613800000209')
  await createSignOut(stage.context)(second.token)
  await createSignOut(stage.context)('no such token')
  const after = { ...shown, token: second.token }
  assert.equal(codeOf(await authenticate(after)), 'session_expired')
  assert.equal(codeOf(await authenticate({ ...shown, token: undefined })), 'sign_in_required')
  assert.equal(codeOf(await authenticate({ ...shown, token: 'made up' })), 'session_expired')
})

test('a stolen token from another device is let in and told apart', async () => {
  const first = await stage.signUp('+8613800000210')
  const thief = await stage.actor(first, 'dev_thief')
  assert.equal(thief.sessionDeviceId, first.deviceId)
  assert.equal(thief.deviceId, 'dev_thief')
})

test('the database keeps neither tokens nor passwords nor ID numbers', async () => {
  const phone = '+8613800000211'
  const { token } = await stage.signUp(phone)
  const tables =
    await stage.sql`select table_schema as schema, table_name as name from information_schema.tables
    where table_schema in ('identity', 'commit') order by 1, 2`
  assert.ok(tables.length > 12)
  for (const { schema, name } of tables) {
    const table = stage.sql(`${schema}.${name}`)
    const rows = await stage.sql`select to_jsonb(t)::text as text from ${table} t`
    for (const { text } of rows) {
      for (const secret of [token, password, '110101199003071233']) {
        assert.ok(!String(text).includes(secret), `${name} holds a secret`)
      }
    }
  }
})
