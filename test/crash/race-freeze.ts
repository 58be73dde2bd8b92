import assert from 'node:assert/strict'
import type { Sql } from '#database'
import { required } from '#kernel'
import { ask, freshKey } from '../http/http-client.ts'
import type { Citizen } from './city.ts'
import { done, send } from './load.ts'
import { until } from './within.ts'

export interface Race {
  /** The servers he pays through, all at once. */
  readonly payAt: readonly string[]
  readonly freezeAt: string
  /** So many payments are under way at any time; he freezes once so many have gone through. */
  readonly hands: number
  readonly freezeAfter: number
  readonly reader: Sql
  readonly payer: Citizen
  readonly payee: Citizen
}

/** Each hand pays so many times more after the freeze was acknowledged. */
const moreEach = 2

/**
 * A customer pays with many hands and freezes himself meanwhile: from the acknowledgement on every
 * payment is refused, and nothing of his was committed after the freeze was.
 */
export async function raceFreeze(race: Race): Promise<void> {
  const { payAt, freezeAt, hands, freezeAfter, reader, payer, payee } = race
  let paid = 0
  let frozen = false
  async function keepPaying(hand: number): Promise<void> {
    const url = required(payAt[hand % payAt.length], 'server')
    for (let more = 0; more < moreEach;) {
      const sentAfter = frozen
      const { status, body } = await pay(url)
      if (status === done) paid += 1
      else assert.equal(body.code, 'customer_frozen', JSON.stringify(body))
      if (sentAfter) assert.equal(body.code, 'customer_frozen', 'paid after the freeze')
      if (sentAfter) more += 1
    }
  }
  const body = { payee: { customer_id: payee.customerId }, amount: '0.01', source: 'wallet' }
  const pay = (url: string) =>
    send(url, { citizen: payer, payee, path: '/v1/payments', body, key: freshKey() })
  const paying = Promise.all(Array.from({ length: hands }, (_, hand) => keepPaying(hand)))
  await Promise.race([paying, until(60_000, 'payments', () => paid >= freezeAfter)])
  const key = freshKey()
  const headers = { ...payer.headers, 'idempotency-key': key }
  const freeze = { body: { reason: 'lost phone' }, headers }
  const answer = await ask({ url: freezeAt }, '/v1/freeze', freeze)
  frozen = true
  assert.equal(answer.status, 200, JSON.stringify(answer.body))
  await paying
  const { before, after } = await movedAround(reader, { payer, key })
  assert.deepEqual({ before, after }, { before: paid, after: 0 })
}

/**
 * How many payments were committed before or with the freeze, and how many after it. Commits take
 * turns on the lane, so their transactions are numbered in its order.
 */
async function movedAround(sql: Sql, { payer, key }: { payer: Citizen; key: string }) {
  const [row] = await sql<{ before: number; after: number }[]>`
    with tap as (
      select xmin::text::int8 as turn from commit.request where id like ${`%/${key}`}
    ), payments as (
      select p.xmin::text::int8 as turn
      from ledger.posting p join ledger.entry e on e.number = p.entry
      where p.account = ${`2010:${payer.customerId}`} and e.kind = 'transfer'
    )
    select count(*) filter (where payments.turn <= tap.turn)::int4 as before,
      count(*) filter (where payments.turn > tap.turn)::int4 as after
    from tap left join payments on true group by tap.turn`
  return required(row, 'the freeze was not stored')
}
