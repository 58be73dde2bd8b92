import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { hour } from '#kernel'
import { testDatabase } from '#test-support'
import { createCreateOperator } from './create-operator.ts'
import { createOperatorAuthenticate } from './operator-authenticate.ts'
import { createOperatorSignIn } from './operator-sign-in.ts'
import { createOperatorSignOut } from './operator-sign-out.ts'
import { codeOf, createIdentityStage, valueOf } from './identity-stage.fixture.ts'

let stage: Awaited<ReturnType<typeof createIdentityStage>>
before(async () => {
  stage = await createIdentityStage(await testDatabase())
})
after(() => stage.close())

const password = 'operators have long ones'

function create(login: string) {
  const input = { login, name: 'Ana Lyst', roles: ['analyst', 'claims'] as const, password }
  return createCreateOperator(stage.context)(input)
}

test('an operator signs in by login in any case, acts with his roles, and signs out', async () => {
  const { operatorId } = valueOf(await create('Ana'))
  const signedIn = valueOf(await createOperatorSignIn(stage.context)({ login: 'ANA', password }))
  assert.equal(signedIn.operatorId, operatorId)
  const authenticate = createOperatorAuthenticate(stage.context)
  const actor = valueOf(await authenticate(signedIn.token))
  assert.deepEqual(actor.roles, ['analyst', 'claims'])
  assert.equal(actor.name, 'Ana Lyst')
  await createOperatorSignOut(stage.context)(signedIn.token)
  assert.equal(codeOf(await authenticate(signedIn.token)), 'session_expired')
  assert.equal(codeOf(await authenticate(undefined)), 'sign_in_required')
})

test('a login exists once', async () => {
  const first = valueOf(await create('bob'))
  const second = valueOf(await create('Bob'))
  assert.deepEqual(second, { status: 'exists', operatorId: first.operatorId })
})

test('an operator’s session ends after twelve hours', async () => {
  await create('cat')
  const { token } = valueOf(await createOperatorSignIn(stage.context)({ login: 'cat', password }))
  stage.clock.advance(12 * hour)
  const late = await createOperatorAuthenticate(stage.context)(token)
  assert.equal(codeOf(late), 'session_expired')
})

test('ten wrong passwords need a rest', async () => {
  await create('dan')
  const signIn = createOperatorSignIn(stage.context)
  for (let n = 0; n < 10; n += 1) {
    const wrong = await signIn({ login: 'dan', password: `guess ${n}` })
    assert.equal(codeOf(wrong), 'credentials_wrong')
  }
  assert.equal(codeOf(await signIn({ login: 'dan', password })), 'too_many_tries')
  assert.equal(codeOf(await signIn({ login: 'nobody', password })), 'credentials_wrong')
  stage.clock.advance(hour)
  assert.equal(codeOf(await signIn({ login: 'dan', password })), 'ok')
})
