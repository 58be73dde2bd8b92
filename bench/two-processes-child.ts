import { createInterface } from 'node:readline'
import { createLane, createPostgresStore, shareRow, type Command } from '#commit'
import { openDatabase, type DatabaseConfig } from '#database'
import { createSeededRandom, systemClock } from '#kernel'
import { account, accountKeys, post, type Leg } from '#ledger'
import { holderProfile } from '#risk'
import { customerId, customers } from './commit-data.ts'

/** What one of the processes is to do. */
export interface ChildOrder {
  readonly config: DatabaseConfig
  readonly databaseName: string
  /** Tells the processes' requests apart. */
  readonly name: string
  readonly seed: number
  readonly inFlight: number
  readonly warmUpSeconds: number
  readonly seconds: number
}

/** One JSON line each: ready to begin; and at the end the latencies of all that was measured. */
export type ChildNews = { readonly ready: true } | { readonly latenciesMs: readonly number[] }

const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))

function tell(news: ChildNews): Promise<void> {
  return new Promise((resolve) => {
    process.stdout.write(`${JSON.stringify(news)}\n`, () => resolve())
  })
}

const transfer: Command<{ id: string; legs: Leg[] }, boolean> = {
  name: 'bench.transfer',
  reads: ({ legs }) => accountKeys(legs),
  apply: (state, { id, legs }, now) => post(state, { kind: 'transfer', ref: id, legs }, now).ok,
}

/** A lane of its own on a database that another process writes to as well. */
async function work(order: ChildOrder, go: Promise<unknown>): Promise<void> {
  const database = await openDatabase(order.config, () => undefined)
  const lane = createLane({
    store: createPostgresStore({
      connect: (events) =>
        database.within(order.databaseName).connect('app', { max: 1, ...events }),
      sharedRows: [shareRow(account, holderProfile)],
      sleep,
    }),
    clock: systemClock,
    sleep,
  })
  const random = createSeededRandom(order.seed)
  let requests = 0

  async function pay(): Promise<void> {
    requests += 1
    const id = `${order.name}-${requests}`
    const payer = random.between(2, customers)
    const payee = random.between(1, payer - 1)
    const amount = BigInt(random.between(1, 1_000))
    const legs = [
      { debit: `2010:${customerId(payer)}`, credit: `2010:${customerId(payee)}`, amount },
    ]
    const content = { payer, payee, amount }
    const paid = await lane.submit(transfer, { owner: 'bench', id, content, input: { id, legs } })
    if (paid.status !== 'done' || !paid.output) throw new Error(`${id}: ${paid.status}`)
  }

  await tell({ ready: true })
  await go
  const latenciesMs: number[] = []
  const from = performance.now() + order.warmUpSeconds * 1_000
  const to = from + order.seconds * 1_000
  async function worker(): Promise<void> {
    for (let began = performance.now(); began < to; began = performance.now()) {
      await pay()
      const ended = performance.now()
      if (ended >= from && ended < to) latenciesMs.push(Number((ended - began).toFixed(2)))
    }
  }
  await Promise.all(Array.from({ length: order.inFlight }, worker))
  await tell({ latenciesMs })
  await lane.close()
  await database.close()
}

const [text] = process.argv.slice(2)
if (text !== undefined) {
  const lines = createInterface(process.stdin)
  const go = new Promise((resolve) => lines.once('line', resolve))
  // The input ends early when the bench is interrupted: nobody is left to tell.
  lines.once('close', () => process.exit(1))
  await work(JSON.parse(text) as ChildOrder, go)
  process.exit(0)
}
