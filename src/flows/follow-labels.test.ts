import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Command } from '#commit'
import { freshPaymentKey, payment, type Payment } from '#wallet'
import { addLabel, type Label } from '#risk'
import { testDatabase } from '#test-support'
import { createFollowLabels } from './follow-labels.ts'
import { createIdentityStage, valueOf } from './identity-stage.fixture.ts'
import { createReadProfile } from './read-profile.ts'

let stage: Awaited<ReturnType<typeof createIdentityStage>>
let follow: () => Promise<number>
const ids: Record<string, string> = {}
let number = 0

before(async () => {
  stage = await createIdentityStage(await testDatabase())
  follow = createFollowLabels(stage.context)
  for (const [index, name] of ['victim', 'mule', 'next', 'far'].entries()) {
    ids[name] = (await stage.signUp(`+861380000060${index}`)).customerId
  }
})
after(() => stage.close())

const one = (name: string) => ids[name] ?? assert.fail(name)

async function run<In>(command: Command<In, null>, input: In): Promise<void> {
  stage.clock.advance(1_000)
  const id = `run_${(number += 1)}`
  const done = await stage.context.lane.submit(command, { owner: 't', id, content: id, input })
  assert.equal(done.status, 'done')
}

/** A payment as the wallet remembers it; its money is not this test's matter. */
const pays: Command<{ id: string; payer: string; payee: string }, null> = {
  name: 'test.pays',
  reads: ({ id }) => [freshPaymentKey(id)],
  apply(state, { id, payer, payee }, now) {
    const made: Payment = {
      id,
      payer,
      payee,
      payeeKind: 'person',
      amount: 100n,
      source: 'wallet',
      state: 'posted',
      memo: null,
      decisionId: `dec_${id}`,
      outcome: 'allow',
      reasons: null,
      holdId: null,
      entry: 1n,
      deviceId: 'dev_any',
      network: '203.0.113',
      createdAt: now,
      deadline: null,
      endedAt: now,
      recalledAmount: 0n,
    }
    state.put(payment, made)
    return null
  },
}

const labels: Command<{ subject: string; label: Label; by: string }, null> = {
  name: 'test.labels',
  reads: () => [],
  apply(state, known, now) {
    addLabel(state, { ...known, reason: 'a test' }, now)
    return null
  },
}

async function known(name: string) {
  const read = await createReadProfile(stage.context)(one(name))
  if (!read.ok) return { mule: false, links: 0 }
  const { muleSince, muleLinks } = valueOf(read).profile
  return { mule: muleSince !== null, links: muleLinks }
}

test('a theft that staff confirm marks the payee and those he paid, not the victim', async () => {
  await run(pays, { id: 'pay_1', payer: one('victim'), payee: one('mule') })
  await run(pays, { id: 'pay_2', payer: one('mule'), payee: one('next') })
  await run(pays, { id: 'pay_3', payer: one('next'), payee: one('far') })
  await run(labels, { subject: 'pay_1', label: 'theft', by: one('victim') })
  assert.equal(await follow(), 0, 'what a customer reports brands nobody')
  await run(labels, { subject: 'pay_1', label: 'theft', by: 'opr_a' })
  assert.equal((await known('mule')).mule, false, 'labels count from when they are followed')
  assert.equal(await follow(), 1)
  assert.deepEqual(await known('mule'), { mule: true, links: 0 })
  assert.deepEqual(await known('next'), { mule: false, links: 1 })
  assert.deepEqual(await known('far'), { mule: false, links: 0 })
  assert.deepEqual(await known('victim'), { mule: false, links: 0 })
  assert.equal(await follow(), 0, 'each label is followed once')
})

test('a second label on the same payee changes nothing, and keeps him known', async () => {
  await run(pays, { id: 'pay_4', payer: one('far'), payee: one('mule') })
  await run(labels, { subject: 'pay_4', label: 'scam', by: 'opr_b' })
  assert.equal(await follow(), 1)
  assert.deepEqual(await known('next'), { mule: false, links: 1 })
  await run(labels, { subject: 'pay_1', label: 'honest', by: 'opr_b' })
  assert.equal(await follow(), 1)
  assert.equal((await known('mule')).mule, true)
})

test('when the last label is taken back, the marks are', async () => {
  await run(labels, { subject: 'pay_4', label: 'honest', by: 'opr_b' })
  assert.equal(await follow(), 1)
  assert.deepEqual(await known('mule'), { mule: false, links: 0 })
  assert.deepEqual(await known('next'), { mule: false, links: 0 })
})
