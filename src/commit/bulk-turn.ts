import type { Sql, Tx } from '#database'
import type { Instant } from '#kernel'
import { laneOf, laneText } from './lane-row.ts'
import type { Key } from './record.ts'
import type { LaneState } from './store.ts'

/** One locked turn on the lane for statements that change more rows than commands should. */
export interface BulkTurn {
  /** The transaction that has locked the lane's row and moves it on. */
  readonly tx: Tx
  readonly now: Instant
  /** The first number it may use. */
  readonly number: bigint
}

export interface BulkDone<Out> {
  /** How many numbers it used. */
  readonly numbers: bigint
  /** Every record whose row it changed: nobody may believe a cached one any more. */
  readonly changed: readonly Key[]
  readonly output: Out
}

/** One chunk of bulk work. All or nothing: whatever it throws rolls everything back. */
export type BulkStep<Out> = (turn: BulkTurn) => Promise<BulkDone<Out>>

export interface BulkTaken<Out> extends BulkDone<Out> {
  readonly before: LaneState
  readonly after: LaneState
}

/**
 * What is bulk can be done again, and whatever is acknowledged on top of it is flushed with it: no
 * chunk waits for the disk by itself.
 */
const settings = 'set local synchronous_commit = off'

/** Takes the lane's turn, in a transaction of its own. Rejects with what the step threw. */
export async function takeBulkTurn<Out>(
  sql: Sql,
  wish: { shard: number; now: Instant; step: BulkStep<Out> },
): Promise<BulkTaken<Out>> {
  const { shard, now, step } = wish
  return sql.begin(async (tx) => {
    const [, rows] = await Promise.all([
      tx.unsafe(settings),
      tx.unsafe(laneText, [shard], { prepare: true }),
    ])
    const before = laneOf(rows)
    const at = Math.max(now, before.lastInstant)
    const done = await step({ tx, now: at, number: before.nextNumber })
    const after: LaneState = {
      seq: before.seq + 1n,
      lastInstant: at,
      nextNumber: before.nextNumber + done.numbers,
    }
    const instant = new Date(at).toISOString()
    await tx.unsafe(noteText, [shard, `${after.seq}`, instant, `${after.nextNumber}`])
    return { ...done, before, after }
  })
}

const noteText = `update commit.lane set seq = $2::text::int8,
  last_instant = $3::text::timestamptz, next_number = $4::text::int8 where shard = $1`
