import { setTimeout as sleep } from 'node:timers/promises'
import { createLane, createPostgresStore, moveTestClock, shareRow, type Command } from '#commit'
import type { Database } from '#database'
import { systemClock, type Instant } from '#kernel'
import { account } from '#ledger'
import { holderProfile } from '#risk'

/** Runs commands of a test's own on a database, as one more server would. */
export async function onOwnLane<T>(
  database: Database,
  work: (run: <In, Out>(command: Command<In, Out>, input: In) => Promise<Out>) => Promise<T>,
): Promise<T> {
  const wait = (ms: number): Promise<void> => sleep(ms, undefined)
  const store = createPostgresStore({
    connect: (events) => database.connect('app', { max: 1, ...events }),
    sharedRows: [shareRow(account, holderProfile)],
    sleep: wait,
  })
  const lane = createLane({ store, clock: systemClock, sleep: wait })
  try {
    return await work(async (command, input) => {
      runs += 1
      const id = `${process.pid}-${runs}`
      const done = await lane.submit(command, { owner: 'test', id, content: 1, input })
      if (done.status !== 'done') throw new Error(`${command.name}: ${done.status}`)
      return done.output
    })
  } finally {
    await lane.close()
  }
}

let runs = 0

/** Sets simulated time without doing what is due on the way: a clock that jumps. */
export async function jumpTo(database: Database, to: Instant): Promise<void> {
  const input = { to, rate: 1, real: systemClock.now() }
  const { moved } = await onOwnLane(database, (run) => run(moveTestClock, input))
  if (!moved) throw new Error('the clock does not go back')
}
