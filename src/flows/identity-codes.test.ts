import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { hour, minute } from '#kernel'
import { carrierSentinels } from '#partners'
import { testDatabase } from '#test-support'
import { createRequestCode } from './request-code.ts'
import { createSignUp } from './sign-up.ts'
import {
  codeOf,
  createIdentityStage,
  from,
  idNumber,
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

function tryToSignUp(phone: string, code: string) {
  const input = { phone, code, name: 'Wang Fang', idNumber, password }
  return createSignUp(stage.context)(input, from(null))
}

function otherThan(code: string): string {
  return String((Number(code) + 1) % 1_000_000).padStart(6, '0')
}

test('after five wrong tries the right code is void, too', async () => {
  const phone = '+8613800000101'
  const code = await stage.code(phone, 'sign_up')
  for (let tries = 1; tries <= 5; tries += 1) {
    assert.equal(codeOf(await tryToSignUp(phone, otherThan(code))), 'code_wrong')
  }
  assert.equal(codeOf(await tryToSignUp(phone, code)), 'code_expired')
})

test('fifty guesses at once are five guesses', async () => {
  const phone = '+8613800000102'
  const code = await stage.code(phone, 'sign_up')
  const guesses = Array.from({ length: 50 }, () => tryToSignUp(phone, otherThan(code)))
  const answers = (await Promise.all(guesses)).map(codeOf)
  assert.equal(answers.filter((answer) => answer === 'code_wrong').length, 5)
  assert.equal(answers.filter((answer) => answer === 'code_expired').length, 45)
})

test('a code is void after five minutes, to the millisecond', async () => {
  const phone = '+8613800000103'
  const late = await stage.code(phone, 'sign_up')
  stage.clock.advance(5 * minute)
  assert.equal(codeOf(await tryToSignUp(phone, late)), 'code_expired')
  const timely = await stage.code(phone, 'sign_up')
  stage.clock.advance(5 * minute - 1)
  assert.equal(codeOf(await tryToSignUp(phone, timely)), 'ok')
})

test('a code serves the purpose it was asked for and no other', async () => {
  const phone = '+8613800000104'
  const code = await stage.code(phone, 'reset')
  assert.equal(codeOf(await tryToSignUp(phone, code)), 'code_not_requested')
  assert.equal(codeOf(await tryToSignUp('+8613800000105', code)), 'code_not_requested')
})

test('a number gets five codes an hour, whether or not it is a customer’s', async () => {
  const [known, unknown] = ['+8613800000106', '+8613800000107']
  await stage.signUp(known)
  stage.clock.advance(hour)
  const request = createRequestCode(stage.context)
  for (const phone of [known, unknown]) {
    const answers: string[] = []
    for (let n = 0; n < 6; n += 1) answers.push(codeOf(await request({ phone, purpose: 'reset' })))
    assert.deepEqual(answers, ['ok', 'ok', 'ok', 'ok', 'ok', 'too_many_tries'])
  }
  stage.clock.advance(hour)
  assert.equal(codeOf(await request({ phone: unknown, purpose: 'reset' })), 'ok')
})

test('a code is never kept in the clear, nor logged', async () => {
  const phone = '+8613800000108'
  const code = await stage.code(phone, 'sign_up')
  const [row] = await stage.sql`select to_jsonb(c)::text as text from identity.code c
    where id = ${phone}`
  assert.doesNotMatch(String(row?.['text']), new RegExp(`"${code}"`))
  assert.ok(stage.log.every((line) => !line.includes(code)))
})

test('twenty sign-ups of one phone at once: one customer, nineteen clear refusals', async () => {
  const phone = '+8613800000109'
  const code = await stage.code(phone, 'sign_up')
  const customers = await count('identity.customer')
  const accounts = await count('ledger.account')
  const { batches } = stage.context.lane.statistics
  const all = await Promise.all(Array.from({ length: 20 }, () => tryToSignUp(phone, code)))
  const answers = all.map(codeOf).toSorted()
  assert.deepEqual(answers, ['ok', ...Array.from({ length: 19 }, () => 'phone_taken')])
  assert.equal(await count('identity.customer'), customers + 1)
  assert.equal(await count('ledger.account'), accounts + 8)
  assert.ok(stage.context.lane.statistics.batches - batches <= 20, 'no batch was split')
})

test('only who proves the number learns that it is taken', async () => {
  const phone = '+8613800000110'
  await stage.signUp(phone)
  assert.equal(codeOf(await tryToSignUp(phone, '000000')), 'code_expired')
  const code = await stage.code(phone, 'sign_up')
  assert.equal(codeOf(await tryToSignUp(phone, otherThan(code))), 'code_wrong')
  assert.equal(codeOf(await tryToSignUp(phone, code)), 'phone_taken')
})

test('a merchant gets an account for takings as well', async () => {
  const phone = '+8613800000111'
  const code = await stage.code(phone, 'sign_up')
  const merchant = {
    phone,
    code,
    name: 'Noodles',
    idNumber: null,
    password,
    kind: 'merchant' as const,
  }
  const { customerId } = valueOf(await createSignUp(stage.context)(merchant, from(null)))
  const rows = await stage.sql`select code from ledger.account where owner = ${customerId}
    order by code`
  assert.deepEqual(
    rows.map((row) => row['code']),
    ['2010', '2020', '2040', '2050', '2070', '2080', 'R201', 'R202', 'R203'],
  )
})

test('weak passwords are refused before anything else', async () => {
  for (const weak of ['1234567890', '13800000112x', 'aaaaaaaaaaaa']) {
    const input = { phone: '+8613800000112', code: '000000', name: 'Li', idNumber, password: weak }
    assert.equal(codeOf(await createSignUp(stage.context)(input, from(null))), 'password_weak')
  }
})

test('a carrier that is silent or refuses is told apart from a wrong number of ours', async () => {
  const request = createRequestCode(stage.context)
  const { timeout, smsRefused } = carrierSentinels
  assert.equal(codeOf(await request({ phone: timeout, purpose: 'sign_up' })), 'partner_unavailable')
  assert.equal(codeOf(await request({ phone: smsRefused, purpose: 'sign_up' })), 'partner_refused')
  const without = createRequestCode({ ...stage.context, partners: {} })
  const asked = await without({ phone: '+8613800000113', purpose: 'sign_up' })
  assert.equal(codeOf(asked), 'partner_not_configured')
})
