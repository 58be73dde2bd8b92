import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { totpCodeAt } from '#identity'
import { hour, second } from '#kernel'
import { testDatabase } from '#test-support'
import { createCreateOperator } from './create-operator.ts'
import { createOperatorAuthenticate } from './operator-authenticate.ts'
import { createBeginOperatorTotp, createConfirmOperatorTotp } from './operator-enrol.ts'
import { createOperatorSignIn } from './operator-sign-in.ts'
import { createOperatorSignOut } from './operator-sign-out.ts'
import { codeOf, createIdentityStage, valueOf } from './identity-stage.fixture.ts'

let stage: Awaited<ReturnType<typeof createIdentityStage>>
before(async () => {
  stage = await createIdentityStage(await testDatabase())
})
after(() => stage.close())

const password = 'operators have long ones'
const totpSecret = 'STAGE2STAGE2STAGE2STAGE2STAGE2AB'

function create(login: string, app = true) {
  const input = { login, name: 'Ana Lyst', roles: ['analyst', 'claims'] as const, password }
  return createCreateOperator(stage.context)({ ...input, ...(app && { totpSecret }) })
}

function signIn(shown: { login: string; password?: string; code?: string; network?: string }) {
  const usual = { password, network: '203.0.113' }
  return createOperatorSignIn(stage.context)({ ...usual, ...shown })
}

/** A code nobody has used: each call moves the clock a step on. */
function fresh(secret = totpSecret): string {
  stage.clock.advance(30 * second)
  return totpCodeAt(secret, stage.clock.now())
}

test('an operator signs in by login in any case, acts with his roles, and signs out', async () => {
  const { operatorId } = valueOf(await create('Ana'))
  const signedIn = valueOf(await signIn({ login: 'ANA', code: fresh() }))
  assert.equal(signedIn.operatorId, operatorId)
  const authenticate = createOperatorAuthenticate(stage.context)
  const actor = valueOf(await authenticate(signedIn.token))
  assert.deepEqual(actor.roles, ['analyst', 'claims'])
  assert.equal(actor.name, 'Ana Lyst')
  assert.equal(actor.proof, 'totp')
  await createOperatorSignOut(stage.context)(signedIn.token)
  assert.equal(codeOf(await authenticate(signedIn.token)), 'session_expired')
  assert.equal(codeOf(await authenticate(undefined)), 'sign_in_required')
})

test('a password alone opens nothing once there is a factor, and a code serves once', async () => {
  await create('eve')
  assert.equal(codeOf(await signIn({ login: 'eve' })), 'second_factor_required')
  assert.equal(codeOf(await signIn({ login: 'eve', code: '000000' })), 'code_wrong')
  const code = fresh()
  assert.equal(codeOf(await signIn({ login: 'eve', password: 'no', code })), 'credentials_wrong')
  assert.equal(codeOf(await signIn({ login: 'eve', code })), 'ok')
  assert.equal(codeOf(await signIn({ login: 'eve', code })), 'code_wrong')
})

test('of twenty sign-ins at once with one code one gets in', async () => {
  await create('fay')
  const code = fresh()
  const tries = await Promise.all(Array.from({ length: 20 }, () => signIn({ login: 'fay', code })))
  assert.equal(tries.filter(({ ok }) => ok).length, 1)
})

test('at the first sign-in an operator may do nothing but set up a factor', async () => {
  const { context } = stage
  await create('gus', false)
  const [bare, other] = await Promise.all([signIn({ login: 'gus' }), signIn({ login: 'gus' })])
  const authenticate = createOperatorAuthenticate(context)
  const { token } = valueOf(bare)
  const operator = valueOf(await authenticate(token))
  assert.deepEqual([operator.proof, operator.roles], ['none', []])
  const caller = { operator, token }
  const { secret, uri } = valueOf(await createBeginOperatorTotp(context)(caller))
  assert.match(uri, /^otpauth:\/\/totp\/Coffer/)
  const confirm = createConfirmOperatorTotp(context)
  assert.equal(codeOf(await confirm(caller, '000000')), 'code_wrong')
  assert.equal(codeOf(await confirm(caller, fresh(secret))), 'ok')
  const working = valueOf(await authenticate(token))
  assert.deepEqual([working.proof, working.roles], ['totp', ['analyst', 'claims']])
  // Somebody else with the same password came first or comes later: he adds nothing of his own.
  const late = valueOf(other).token
  const stranger = { operator: valueOf(await authenticate(late)), token: late }
  assert.deepEqual(stranger.operator.roles, [])
  const begun = await createBeginOperatorTotp(context)(stranger)
  assert.equal(codeOf(begun), 'session_expired')
})

test('a login exists once', async () => {
  const first = valueOf(await create('bob'))
  const again = valueOf(await create('Bob'))
  assert.deepEqual(again, { status: 'exists', operatorId: first.operatorId })
})

test('an operator’s session ends after twelve hours', async () => {
  await create('cat')
  const { token } = valueOf(await signIn({ login: 'cat', code: fresh() }))
  stage.clock.advance(12 * hour)
  const late = await createOperatorAuthenticate(stage.context)(token)
  assert.equal(codeOf(late), 'session_expired')
})

test('lock-out abuse: guesses close the door to guessers, never to who shows both', async () => {
  await create('dan')
  for (let n = 0; n < 10; n += 1) {
    const wrong = await signIn({ login: 'dan', password: `guess ${n}` })
    assert.equal(codeOf(wrong), 'credentials_wrong')
  }
  // Closed: the right password alone looks like a wrong one, from wherever it comes.
  assert.equal(codeOf(await signIn({ login: 'dan' })), 'too_many_tries')
  assert.equal(codeOf(await signIn({ login: 'dan', password: 'guess' })), 'too_many_tries')
  const elsewhere = { login: 'dan', network: '198.51.100' }
  assert.equal(codeOf(await signIn(elsewhere)), 'too_many_tries')
  assert.equal(codeOf(await signIn({ login: 'dan', code: '000000' })), 'too_many_tries')
  assert.equal(codeOf(await signIn({ login: 'dan', code: fresh() })), 'ok')
  assert.equal(codeOf(await signIn({ login: 'dan' })), 'second_factor_required', 'slate wiped')
})

test('enumeration: a login that nobody has runs into the same walls', async () => {
  await create('hal')
  for (const network of ['192.0.2', '192.0.3']) {
    const known: string[] = []
    const unknown: string[] = []
    for (let n = 0; n < 12; n += 1) {
      const guess = { password: `guess ${n}`, network }
      known.push(codeOf(await signIn({ login: 'hal', ...guess })))
      unknown.push(codeOf(await signIn({ login: 'nobody', ...guess })))
    }
    assert.deepEqual(known, unknown)
    assert.equal(known.at(-1), 'too_many_tries')
  }
})

test('guesses from one network at many logins close the door to that network only', async () => {
  await create('ida')
  const network = '192.0.9'
  for (let n = 0; n < 30; n += 1) await signIn({ login: `many-${n}`, password: 'summer', network })
  assert.equal(codeOf(await signIn({ login: 'ida', network })), 'too_many_tries')
  assert.equal(codeOf(await signIn({ login: 'ida' })), 'second_factor_required')
  assert.equal(codeOf(await signIn({ login: 'ida', network, code: fresh() })), 'ok')
})
