import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { minute } from '#kernel'
import { testDatabase } from '#test-support'
import { createCheckPayee } from './check-payee.ts'
import { createIdentityStage, valueOf } from './identity-stage.fixture.ts'

const payee = '+8613800002001'
let stage: Awaited<ReturnType<typeof createIdentityStage>>
before(async () => {
  stage = await createIdentityStage(await testDatabase())
  // Called Li Na, as everybody on this stage.
  await stage.signUp(payee)
})
after(() => stage.close())

test('the name a payer has in mind is compared with the payee’s, which stays masked', async () => {
  const payer = await stage.signUp('+8613800002002')
  const check = createCheckPayee(stage.context)
  const right = valueOf(await check(payer, payee, 'na LI'))
  assert.equal(right.nameMatch, 'match')
  assert.deepEqual(
    right.warnings.map(({ code }) => code),
    ['first_payment'],
  )
  const wrong = valueOf(await check(payer, payee, 'Wang Fang'))
  assert.equal(wrong.nameMatch, 'no_match')
  assert.equal(wrong.warnings[0]?.code, 'payee_name_differs')
  assert.ok(wrong.warnings.every(({ text, title }) => !`${title} ${text}`.includes('Li Na')))
  assert.equal(valueOf(await check(payer, payee)).nameMatch, null)
})

test('fifty names at once are ten; looking without a name goes on; later ten more', async () => {
  const payer = await stage.signUp('+8613800002003')
  const check = createCheckPayee(stage.context)
  const guesses = Array.from({ length: 50 }, (_, nth) => check(payer, payee, `Li ${nth}`))
  const answers = await Promise.all(guesses)
  assert.equal(answers.filter(({ ok }) => ok).length, 10)
  const refused = answers.flatMap((answer) => (answer.ok ? [] : [answer.error.code]))
  assert.deepEqual(new Set(refused), new Set(['too_many_tries']))
  assert.equal((await check(payer, payee)).ok, true)
  const other = await stage.signUp('+8613800002004')
  assert.equal(valueOf(await check(other, payee, 'Li Na')).nameMatch, 'match')
  stage.clock.advance(15 * minute)
  assert.equal(valueOf(await check(payer, payee, 'Li Na')).nameMatch, 'match')
})
