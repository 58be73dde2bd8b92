import type { Sql } from '#database'
import type { Instant } from '#kernel'
import type { BulkStep, BulkTaken } from './bulk-turn.ts'
import type { Key, LogKind, RecordKind } from './record.ts'

/** The row every commit locks first: who wrote last, and the latest moment ever decided at. */
export interface LaneState {
  readonly seq: bigint
  readonly lastInstant: Instant
  readonly nextNumber: bigint
}

/** A record as stored, with the version its next update must find. */
export interface Stored<T extends object = object> {
  readonly record: T
  readonly version: number
}

export interface RecordChange {
  readonly kind: RecordKind<object>
  readonly id: string
  /** As the batch leaves it. */
  record: object
  /** null: insert; a number: update of exactly that version. */
  readonly version: number | null
  /** Where the cache had it while the batch was decided. */
  readonly place: number
}

/** All that one batch writes, in one commit. */
export interface BatchWrite {
  readonly before: LaneState
  readonly after: LaneState
  readonly records: readonly RecordChange[]
  readonly logs: ReadonlyMap<LogKind<object>, readonly object[]>
}

/** One locked turn on the lane: nobody else decides until it is committed or rolled back. */
export interface LaneTurn {
  readonly lane: LaneState
  /** In the order of the keys given to `begin`: what is there now, or undefined. */
  readonly loaded: readonly (Stored | undefined)[]
  load(keys: readonly Key[]): Promise<readonly (Stored | undefined)[]>
  /** Writes and commits. Rejects with StoreConflict, StoreLost, or the store's own error. */
  commit(write: BatchWrite): Promise<void>
  rollback(): Promise<void>
}

/** Where records live. Two of them: PostgreSQL and memory; one shared list of tests for both. */
export interface Store {
  /** The kinds kept in the same physical row as this one, itself included. */
  rowMates(kind: RecordKind<object>): readonly RecordKind<object>[]
  /** Locks the lane, then loads `keys` under the lock. Rejects with StoreLost. */
  begin(keys: readonly Key[]): Promise<LaneTurn>
  /** Reads what is committed, without a lock. Rejects with StoreLost. */
  load(keys: readonly Key[]): Promise<LaneTurn['loaded']>
  /**
   * Writes and commits without a turn of its own, if and only if the lane still is as
   * `write.before` says; else StoreConflict. Several may be under way, in their order.
   */
  commitOn(write: BatchWrite): Promise<void>
  /**
   * Resolves when all that was sent has left this process; null: it has. A batch that is still
   * half in our hands when we go on computing is a batch PostgreSQL cannot begin with.
   */
  handedOver(): Promise<void> | null
  /** Takes a turn for statements of the caller's own, on his connection. */
  bulk<Out>(sql: Sql, wish: { now: Instant; step: BulkStep<Out> }): Promise<BulkTaken<Out>>
  /** After StoreLost: returns once the old connection's work has surely ended and another works. */
  recover(): Promise<void>
  close(): Promise<void>
}

/** An id believed absent was there, or the store refused a row: nothing was written. */
export class StoreConflict extends Error {
  override name = 'StoreConflict'
}

/** The connection broke: whether the batch was committed is not known yet. */
export class StoreLost extends Error {
  override name = 'StoreLost'
}
