import assert from 'node:assert/strict'
import type { Command } from '#commit'
import { expectedRegister, fundPosition, holdingOf, incomeBreaks, stillToMove } from '#fund'
import { customer, customerKey, openSession, sessionKey } from '#identity'
import { hour, localInstant, required } from '#kernel'
import {
  accountKey,
  accountKeys,
  balancesOf,
  openAccount,
  post,
  singleCodes,
  type Leg,
} from '#ledger'
import type { Actor, FlowContext } from './context.ts'
import { createAdvanceFundDay } from './advance-fund-day.ts'
import { createRedeem } from './redeem.ts'
import { createSubscribe } from './subscribe.ts'
import { createIdentityStage, valueOf } from './identity-stage.fixture.ts'

const openBooks: Command<null, null> = {
  name: 'test.open_books',
  reads: () => singleCodes.map((code) => accountKey(code)),
  apply(state, _, now) {
    for (const code of singleCodes) openAccount(state, { code }, now)
    return null
  },
}

const postLegs: Command<{ legs: readonly Leg[] }, boolean> = {
  name: 'test.post',
  reads: ({ legs }) => accountKeys(legs),
  apply: (state, { legs }, now) => post(state, { kind: 'top_up', ref: 'test', legs }, now).ok,
}

/** Sessions live for half a day; the tests' customers sign in again whenever they act. */
const signInAgain: Command<{ actor: Actor; sessionId: string }, null> = {
  name: 'test.sign_in_again',
  reads: ({ actor, sessionId }) => [customerKey(actor.customerId), sessionKey(sessionId)],
  apply(state, { actor, sessionId }, now) {
    const { customerId, sessionDeviceId: deviceId, network } = actor
    const opened = { id: sessionId, customerId, deviceId, network, lifeMs: 12 * hour }
    openSession(state, { ...opened, entry: 'password', proof: 'password' }, now)
    return null
  },
}

const setStatus: Command<{ customerId: string; status: 'active' | 'frozen' }, null> = {
  name: 'test.set_status',
  reads: ({ customerId }) => [customerKey(customerId)],
  apply(state, { customerId, status }, now) {
    const present = required(state.get(customer, customerId), customerId)
    const frozen = status === 'frozen'
    const frozenBy = frozen ? 'customer' : null
    const frozenReason = frozen ? 'lost phone' : null
    const frozenAt = frozen ? now : null
    state.put(customer, { ...present, status, frozenAt, frozenBy, frozenReason })
    return null
  },
}

/** The fund's flows with simulated partners; it is Monday 2026-03-02, 09:00. */
export async function createFundStage(given: Parameters<typeof createIdentityStage>[0]) {
  const stage = await createIdentityStage(given)
  const { simulators, sql, clock } = stage
  const { bank, fundManager } = simulators
  const context: FlowContext = {
    ...stage.context,
    partners: { ...stage.context.partners, bank, fundManager },
  }
  const { lane, ids } = context
  const advance = createAdvanceFundDay(context)
  async function run<In, Out>(command: Command<In, Out>, input: In): Promise<Out> {
    const done = await lane.submit(command, {
      owner: 'test',
      id: ids.next('req'),
      content: 1,
      input,
    })
    assert.ok(done.status === 'done', done.status)
    return done.output
  }
  await run(openBooks, null)
  await stage.publish('none')

  const inBooks = async (id: string) => (await balancesOf(sql, [id])).get(id)?.posted ?? 0n
  return {
    ...stage,
    context,
    run,
    inBooks,
    /** Moves the clock, then lets the fund do what is due. */
    async goTo(date: string, time: string) {
      clock.set(localInstant(date, time))
      const { waiting } = await advance()
      assert.equal(waiting, null)
    },
    clockAt: (date: string, time: string) => clock.set(localInstant(date, time)),
    advance,
    /** A customer with money in the wallet, really collected from his bank. */
    async customer(phone: string, amount: bigint): Promise<Actor> {
      const actor = await stage.actor(await stage.signUp(phone))
      const accountNumber = `62220000${phone.slice(-8)}`
      await bank.openAccount({ number: accountNumber, holder: 'Li Na', balance: amount })
      const reference = `top-up:${phone}`
      const collected = await bank.collect({ reference, accountNumber, amount })
      assert.ok(collected.ok, collected.ok ? '' : collected.error)
      const wallet = `2010:${actor.customerId}`
      assert.ok(await run(postLegs, { legs: [{ debit: '1010', credit: wallet, amount }] }))
      return actor
    },
    async again(actor: Actor): Promise<Actor> {
      const sessionId = ids.next('ses')
      await run(signInAgain, { actor, sessionId })
      return { ...actor, sessionId }
    },
    async subscribe(actor: Actor, amount: bigint) {
      const requestId = ids.next('req')
      return createSubscribe(context)(await this.again(actor), { requestId, amount })
    },
    async redeem(actor: Actor, amount: bigint, speed: 'fast' | 'normal' = 'fast') {
      const requestId = ids.next('req')
      return createRedeem(context)(await this.again(actor), { requestId, amount, speed })
    },
    setStatus: (actor: Actor, status: 'active' | 'frozen') =>
      run(setStatus, { customerId: actor.customerId, status }),
    post: (legs: readonly Leg[]) => run(postLegs, { legs }),
    holding: ({ customerId }: Actor) => holdingOf(sql, { customerId, now: context.now() }),
    /** Everything that must hold whenever nothing is under way: inside and with the partners. */
    async prove() {
      const position = await fundPosition(sql)
      assert.equal(position.unitsOfBank, position.advanced, 'I6: R204 = 2110')
      assert.equal(position.unfinishedFast, position.advanced, 'I6: unfinished fast redemptions')
      const register = await fundManager.register()
      assert.ok(register.ok)
      const { units, pendingSubscriptions, pendingRedemptions } = register.value
      const theirs = units + pendingSubscriptions - pendingRedemptions
      assert.equal(theirs, expectedRegister(position), 'I4: the register agrees')
      assert.deepEqual((await incomeBreaks(sql)).broken, [], 'I7: income to the fen')
      const moved = async (name: 'reserve' | 'settlement' | 'custodian' | 'facility') =>
        valueOfBank(await bank.balance(name)) + stillToMove(position.transfersDue, name)
      assert.equal(await moved('reserve'), await inBooks('1010'), 'reserve at the bank')
      assert.equal(await moved('settlement'), await inBooks('1110'), 'settlement at the bank')
      assert.equal(await moved('custodian'), position.atCustodian, 'custodian at the bank')
      assert.equal(await moved('facility'), position.bankIncomePaid - position.advanced, 'facility')
      assert.equal(await inBooks('F101'), 0n, 'the fund is invested in full')
      assert.equal(await inBooks('F201'), 0n, 'the fund owes nothing')
      assert.equal(await inBooks('F401'), 0n, 'all income is handed out')
      assert.equal(await inBooks('F300'), await inBooks('R100'), 'unit equity = units')
    },
  }
}

export type FundStage = Awaited<ReturnType<typeof createFundStage>>

function valueOfBank<T>(result: { ok: true; value: T } | { ok: false; error: string }): T {
  assert.ok(result.ok, result.ok ? '' : result.error)
  return result.value
}

export { valueOf }
