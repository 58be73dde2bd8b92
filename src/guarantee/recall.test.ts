import assert from 'node:assert/strict'
import { setTimeout as sleep } from 'node:timers/promises'
import { beforeEach, describe, it } from 'node:test'
import { createLane, createMemoryStore, type Command, type Lane, type MemoryStore } from '#commit'
import { createManualClock } from '#kernel'
import {
  account,
  accountKey,
  accountKeys,
  balanceOf,
  hold,
  freshHoldKey,
  openAccount,
  post,
} from '#ledger'
import { recall, recallHop, recallIdOf, recallKey, takeBackKeys } from './recall.ts'
import { endRecall, openRecall, recallAt } from './run-recall.ts'

const seed: Command<{ fen: bigint }, boolean> = {
  name: 'test.seed',
  reads: () =>
    accountKeys([
      { debit: '1010', credit: '2010:mule' },
      { debit: '2010:mule', credit: '2010:victim' },
    ]),
  apply(state, { fen }, now) {
    openAccount(state, { code: '1010' }, now)
    for (const owner of ['mule', 'victim']) openAccount(state, { code: '2010', owner }, now)
    const legs = [{ debit: '1010', credit: '2010:mule', amount: fen }]
    return post(state, { kind: 'top_up', ref: 'x', legs }, now).ok
  },
}

const reserve: Command<{ fen: bigint }, boolean> = {
  name: 'test.reserve',
  reads: () => [freshHoldKey('hld_x'), accountKey('2010:mule'), accountKey('2010:victim')],
  apply(state, { fen }, now) {
    const legs = [{ debit: '2010:mule', credit: '2010:victim', amount: fen }]
    return hold(state, { id: 'hld_x', kind: 'x', ref: 'x', legs, expiresAt: null }, now).ok
  },
}

const run: Command<{ wanted: bigint; traced: bigint; hop: number; again?: boolean }, string> = {
  name: 'test.recall',
  reads: () => [
    recallKey('pay_x'),
    ...takeBackKeys({
      holder: 'mule',
      holderKind: 'person',
      victim: 'victim',
      subrogatedClaim: null,
    }),
  ],
  apply(state, { wanted, traced, hop }, now) {
    if (state.get(recall, recallIdOf('pay_x')) === undefined) {
      openRecall(
        state,
        {
          reportId: 'rep_x',
          claimId: null,
          customerId: 'victim',
          paymentId: 'pay_x',
          payee: 'mule',
          wanted,
        },
        now,
      )
    }
    const stop = { hop, holder: 'mule', holderKind: 'person', paymentId: 'pay_x', traced } as const
    const taken = recallAt(state, { recallId: 'rcl_x', stop, subrogatedClaim: null }, now)
    return taken.ok ? String(taken.value.secured) : taken.error
  },
}

const end: Command<null, string> = {
  name: 'test.end',
  reads: () => [recallKey('pay_x')],
  apply(state, _, now) {
    const ended = endRecall(state, 'rcl_x', now)
    return ended.ok ? ended.value.state : ended.error
  },
}

describe('a recall', () => {
  let store: MemoryStore
  let lane: Lane
  let requests = 0
  beforeEach(() => {
    store = createMemoryStore()
    const wait = (ms: number): Promise<void> => sleep(ms, undefined)
    lane = createLane({ store, clock: createManualClock(1_000), sleep: wait })
  })

  async function decided<In, Out>(command: Command<In, Out>, input: In): Promise<Out> {
    const request = { owner: 'test', id: String((requests += 1)), content: 0, input }
    const done = await lane.submit(command, request)
    assert.ok(done.status === 'done')
    return done.output
  }

  function available(id: string): bigint {
    const found = store.records(account).get(id)
    return found === undefined ? 0n : balanceOf(found).available
  }

  it('takes what is there when that is less than was paid', async () => {
    await decided(seed, { fen: 300n })
    assert.equal(await decided(run, { wanted: 1_000n, traced: 1_000n, hop: 1 }), '300')
    assert.deepEqual(
      [available('2010:mule'), available('2020:mule'), available('2010:victim')],
      [0n, 0n, 300n],
    )
    assert.equal(await decided(end, null), 'partly_secured')
  })

  it('takes no more than was paid when there is more', async () => {
    await decided(seed, { fen: 5_000n })
    assert.equal(await decided(run, { wanted: 1_000n, traced: 1_000n, hop: 1 }), '1000')
    assert.equal(available('2010:mule'), 4_000n)
    assert.equal(await decided(end, null), 'secured')
  })

  it('takes nothing the second time for money it has back already', async () => {
    await decided(seed, { fen: 5_000n })
    await decided(run, { wanted: 1_000n, traced: 1_000n, hop: 1 })
    assert.equal(await decided(run, { wanted: 1_000n, traced: 1_000n, hop: 2 }), '0')
    assert.equal(available('2010:victim'), 1_000n)
  })

  it('takes no more from a holder than is traced to him', async () => {
    await decided(seed, { fen: 5_000n })
    assert.equal(await decided(run, { wanted: 1_000n, traced: 40n, hop: 2 }), '40')
  })

  it('leaves money alone that the holder has reserved for somebody else', async () => {
    await decided(seed, { fen: 500n })
    assert.ok(await decided(reserve, { fen: 450n }))
    assert.equal(await decided(run, { wanted: 1_000n, traced: 1_000n, hop: 1 }), '50')
  })

  it('ends once, and takes nothing afterwards', async () => {
    await decided(seed, { fen: 5n })
    await decided(run, { wanted: 10n, traced: 10n, hop: 1 })
    assert.equal(await decided(end, null), 'partly_secured')
    assert.equal(await decided(end, null), 'recall_ended')
    assert.equal(await decided(run, { wanted: 10n, traced: 10n, hop: 2 }), 'recall_ended')
    assert.equal(store.rows(recallHop).length, 1)
  })

  it('ends empty-handed when nothing was there', async () => {
    await decided(seed, { fen: 1n })
    await decided(reserve, { fen: 1n })
    assert.equal(await decided(run, { wanted: 10n, traced: 10n, hop: 1 }), '0')
    assert.equal(await decided(end, null), 'ended')
  })
})
