import assert from 'node:assert/strict'
import { setTimeout as sleep } from 'node:timers/promises'
import { required, type Random } from '#kernel'
import { parseAmount } from '#money'
import { ask, type Answer } from '../http/http-client.ts'
import { opening, type Citizen } from './city.ts'
import { within } from './within.ts'

/** Something a customer asks for, under a key of its own. */
export interface Wish {
  readonly citizen: Citizen
  readonly payee: Citizen | null
  readonly path: string
  readonly body: { readonly amount: string }
  readonly key: string
}

/** `answer` is null when the connection broke before there was one. */
export interface Asked {
  readonly wish: Wish
  readonly answer: Answer | null
}

export const done = 201
export const away = 503

/** One request of a wish; its key stays the same however often it is sent. */
export async function send(url: string, { citizen, path, body, key }: Wish): Promise<Answer> {
  const headers = { ...citizen.headers, 'idempotency-key': key }
  return ask({ url }, path, { body, headers })
}

/** Wishes without end, the same for the same seed: mostly payments, some of everything else. */
export function createWishes(citizens: readonly Citizen[], random: Random): () => Wish {
  let count = 0
  return () => {
    count += 1
    const citizen = random.pick(citizens)
    const kind = random.next()
    const amount = `0.${String(random.between(1, 99)).padStart(2, '0')}`
    const wish = { citizen, payee: null, key: `wish-${String(count).padStart(6, '0')}` }
    if (kind < 0.05) return { ...wish, path: '/v1/fund/subscriptions', body: { amount } }
    const account = { bank_account_id: citizen.bankAccountId, amount }
    if (kind < 0.1) return { ...wish, path: '/v1/top-ups', body: account }
    if (kind < 0.2) return { ...wish, path: '/v1/withdrawals', body: account }
    const payee = random.pick(citizens.filter((each) => each !== citizen))
    const payment = { payee: { customer_id: payee.customerId }, amount, source: 'wallet' }
    return { ...wish, payee, path: '/v1/payments', body: payment }
  }
}

export interface Load {
  /** What became of each wish so far. */
  readonly asked: readonly Asked[]
  readonly acknowledged: number
  /** No further wishes; resolves when those under way have ended. */
  stop(): Promise<void>
}

/**
 * Keeps `workers` wishes under way. A worker whose connection breaks has lost its server and stops.
 */
export function startLoad(url: string, wishes: () => Wish, workers = 24): Load {
  const asked: Asked[] = []
  let acknowledged = 0
  let stopped = false
  async function work(): Promise<void> {
    while (!stopped) {
      const wish = wishes()
      const answer = await send(url, wish).catch(() => null)
      asked.push({ wish, answer })
      if (answer === null) return
      if (answer.status === done) acknowledged += 1
      if (answer.status === away) await sleep(20)
    }
  }
  const working = Promise.all(Array.from({ length: workers }, work))
  return {
    asked,
    get acknowledged() {
      return acknowledged
    },
    async stop() {
      stopped = true
      await within(60_000, 'what is under way to end', working)
    },
  }
}

/** Asks once more for each, under the same keys, many at a time; 503 is asked again. */
export async function repeat(url: string, asked: readonly Asked[]): Promise<Asked[]> {
  const again: Asked[] = []
  const waiting = [...asked]
  async function work(): Promise<void> {
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      const { wish } = next
      let answer = await send(url, wish)
      while (answer.status === away) {
        await sleep(50)
        answer = await send(url, wish)
      }
      again.push({ wish, answer })
    }
  }
  await Promise.all(Array.from({ length: 32 }, work))
  return again
}

/** A payment's answer is the first one, byte for byte; of the others, what was settled since. */
export function assertFirstAnswers(asked: readonly Asked[], again: readonly Asked[]): void {
  const second = new Map(again.map(({ wish, answer }) => [wish.key, answer]))
  for (const { wish, answer } of asked) {
    if (answer?.status !== done) continue
    const repeated = second.get(wish.key)
    assert.equal(repeated?.status, done)
    if (wish.payee === null) assert.equal(repeated.body['id'], answer.body['id'])
    else assert.deepEqual(repeated.body, answer.body)
  }
}

/** What each customer's wallet holds once all of these have happened, each exactly once. */
export function expectedWallets(
  citizens: readonly Citizen[],
  happened: readonly Wish[],
): Map<string, bigint> {
  const wallets = new Map(citizens.map(({ customerId }) => [customerId, opening]))
  const add = ({ customerId }: Citizen, fen: bigint) =>
    wallets.set(customerId, required(wallets.get(customerId), 'wallet') + fen)
  for (const { citizen, payee, path, body } of happened) {
    const amount = fenOf(body.amount)
    add(citizen, path === '/v1/top-ups' ? amount : -amount)
    if (payee !== null) add(payee, amount)
  }
  return wallets
}

function fenOf(text: string): bigint {
  const parsed = parseAmount(text)
  if (!parsed.ok) throw new Error(`${text}: ${parsed.error}`)
  return parsed.value
}
