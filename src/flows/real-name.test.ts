import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { identitySentinels } from '#partners'
import { testDatabase } from '#test-support'
import type { FlowContext } from './context.ts'
import { createIdentityStage, from, idNumber, password, valueOf } from './identity-stage.fixture.ts'
import { createSignUp } from './sign-up.ts'
import { createReadTimeline } from './read-timeline.ts'

let stage: Awaited<ReturnType<typeof createIdentityStage>>
before(async () => {
  stage = await createIdentityStage(await testDatabase())
})
after(() => stage.close())

/** A sign-up with the number, to be sent once or twice; `null`: there is no register. */
async function signUpAs(phone: string, id: string, register?: null) {
  const { identity: _, ...others } = stage.context.partners
  const partners = register === null ? others : stage.context.partners
  const context: FlowContext = { ...stage.context, partners }
  const code = await stage.code(phone, 'sign_up')
  const input = { phone, code, name: 'Li Na', idNumber: id, password }
  return { again: () => createSignUp(context)(input, from(null)) }
}

async function checkedAt(customerId: string): Promise<number | null> {
  const [row] = await stage.sql<{ at: number | null }[]>`
    select real_name_checked_at as at from identity.customer where id = ${customerId}`
  assert.ok(row !== undefined)
  return row.at
}

async function noteForOperators(customerId: string): Promise<string | null | undefined> {
  const items = await createReadTimeline(stage.context)({ payer: customerId })
  return items.find(({ title }) => title === 'Became a customer')?.detail
}

test('a name that the register confirms is kept as checked, with the time', async () => {
  const { again } = await signUpAs('+8613800001001', idNumber)
  const { customerId } = valueOf(await again())
  assert.equal(await checkedAt(customerId), stage.clock.now())
  assert.equal(await noteForOperators(customerId), 'real name verified')
})

test("a sign-up with somebody else's ID number is refused, and costs the code", async () => {
  const phone = '+8613800001002'
  const { again } = await signUpAs(phone, identitySentinels.mismatch)
  const refused = await again()
  assert.equal(refused.ok ? '' : refused.error.code, 'real_name_mismatch')
  const second = await again()
  assert.equal(second.ok ? '' : second.error.code, 'code_expired')
  const rows = await stage.sql`select 1 from identity.customer where phone = ${phone}`
  assert.equal(rows.length, 0)
})

test('who has no fitting code does not learn whether name and number belong together', async () => {
  const input = { name: 'Li Na', idNumber: identitySentinels.mismatch, password }
  const guess = { ...input, phone: '+8613800001003', code: '000000' }
  const answer = await createSignUp(stage.context)(guess, from(null))
  assert.equal(answer.ok ? '' : answer.error.code, 'code_not_requested')
})

test('a register that is silent, failing, ignorant or absent keeps nobody out', async () => {
  const { mismatch: _, ...others } = identitySentinels
  let nth = 1_010
  for (const id of Object.values(others)) {
    nth += 1
    const { again } = await signUpAs(`+861380000${nth}`, id)
    assert.equal(await checkedAt(valueOf(await again()).customerId), null)
  }
  const { again } = await signUpAs('+8613800001030', idNumber, null)
  const { customerId } = valueOf(await again())
  assert.equal(await checkedAt(customerId), null)
  assert.equal(await noteForOperators(customerId), 'real name not verified')
  assert.ok(stage.log.every((line) => !line.includes(identitySentinels.timeout)))
})
