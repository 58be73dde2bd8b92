import { setTimeout as sleep } from 'node:timers/promises'
import { createLane, createMemoryStore, type Command, type Key } from '#commit'
import { orderKey, type FundOrder } from '#fund'
import { createManualClock, invariant, type Instant } from '#kernel'
import { accountKey, balanceOf, type Account } from '#ledger'
import { openBooks } from '../open-books.ts'

/** The fund's books in memory, written by the fund's own commands and read back as they stand. */
export async function createReplayBooks(start: Instant, holders: readonly string[]) {
  const store = createMemoryStore()
  const clock = createManualClock(start)
  const lane = createLane({ store, clock, sleep: (ms) => sleep(ms, undefined) })
  let requests = 0
  async function run<In, Out>(command: Command<In, Out>, input: In): Promise<Out> {
    requests += 1
    const request = { owner: 'replay', id: `${requests}`, content: 1, input }
    const done = await lane.submit(command, request)
    invariant(done.status === 'done', `${command.name}: ${done.status}`)
    return done.output
  }
  await run(openBooks, null)

  const registerKeys = [
    ...holders.flatMap((id) => ['R201', 'R202', 'R203'].map((code) => `${code}:${id}`)),
    'R204',
    'R205',
  ].map(accountKey)
  /** Few accounts by key: the store copies everything when it is asked for a kind. */
  async function load(keys: readonly Key[]): Promise<(Account | undefined)[]> {
    const stored = await store.load(keys)
    return stored.map((found) => found?.record as Account | undefined)
  }

  return {
    store,
    clock,
    run,
    /** Posted balance of an account; 0 when it was never opened. */
    async balance(id: string): Promise<bigint> {
      const [found] = await load([accountKey(id)])
      return found === undefined ? 0n : balanceOf(found).posted
    },
    /** All accounts of the unit register that hold something. */
    async register() {
      const present = await load(registerKeys)
      return present.flatMap((found) => {
        if (found === undefined) return []
        // All on the credit side; looked at so often that a balance object each would show.
        const units = found.creditsPosted - found.debitsPosted
        return units === 0n ? [] : [{ code: found.code, owner: found.owner, units }]
      })
    },
    /** These orders as they are now. */
    async orders(ids: readonly string[]): Promise<FundOrder[]> {
      const stored = await store.load(ids.map(orderKey))
      return stored.flatMap((found) => (found === undefined ? [] : [found.record as FundOrder]))
    },
  }
}

export type ReplayBooks = Awaited<ReturnType<typeof createReplayBooks>>
