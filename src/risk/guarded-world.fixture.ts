import assert from 'node:assert/strict'
import { createLane, createMemoryStore, type Command } from '#commit'
import { createManualClock, type Instant } from '#kernel'
import { decideInCommand } from './decide-in-command.ts'
import { guardKeys } from './guard-keys.ts'
import { guardInput } from './guard-input.fixture.ts'
import type { GuardInput } from './guard-input.ts'
import type { Decision } from './outcome.ts'
import type { PolicyDocument } from './policy.ts'
import { publishPolicy } from './publish-policy.ts'
import { recordEvent } from './record-event.ts'
import { recordPayment } from './record-payment.ts'

/** A step decided and remembered the way the flows do it: in one command. */
const guarded: Command<GuardInput, Decision> = {
  name: 'test.guarded',
  reads: ({ parties }) => guardKeys(parties),
  apply(state, input, now) {
    const decision = decideInCommand(state, input, now)
    const { parties, payee, money, customer, step } = input
    const allowed = decision.outcome === 'allow'
    const { id: customerId } = customer
    if (step === 'payment' && payee !== null && money !== null && parties.payeeHolder !== null) {
      const { amount, source } = money
      const between = { payerId: customerId, payeeId: payee.id, amount, source }
      const holders = { ...parties, payeeHolder: parties.payeeHolder }
      const posted = allowed ? 'posted' : 'stopped'
      recordPayment(state, { ...between, parties: holders, state: posted }, now)
    } else if (allowed && (step === 'redeem' || step === 'withdrawal') && money !== null) {
      const kind = step === 'redeem' ? 'redeemed' : 'withdrawn'
      recordEvent(state, { kind, customerId, parties, amount: money.amount }, now)
    } else if (allowed && step === 'sign_in') {
      recordEvent(state, { kind: 'sign_in', customerId, parties, amount: 0n }, now)
    }
    return decision
  },
}

/** A lane on the memory store with a published policy; `act` decides one step at a moment. */
export async function createGuardedWorld(document: PolicyDocument, start: Instant) {
  const clock = createManualClock(start)
  const store = createMemoryStore()
  const lane = createLane({ store, clock, sleep: () => Promise.resolve() })
  let number = 0
  const request = (content: unknown) => ({ owner: 'test', id: `req_${(number += 1)}`, content })
  const content = { version: 'first' }
  const published = await lane.submit(publishPolicy, {
    ...request(content),
    input: { document, by: 'program' },
  })
  assert.equal(published.status === 'done' && published.output.status, 'published')
  return {
    store,
    lane,
    clock,
    async act(at: Instant, changes: Parameters<typeof guardInput>[0]): Promise<Decision> {
      clock.set(at)
      const id = `dec_${(number += 1)}`
      const input = guardInput({ ...changes, decisionId: id }, at)
      const submitted = await lane.submit(guarded, { owner: 'test', id, content: { id }, input })
      assert(submitted.status === 'done')
      return submitted.output
    },
  }
}

export type GuardedWorld = Awaited<ReturnType<typeof createGuardedWorld>>
