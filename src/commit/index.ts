/** Record kinds and logs: how a flat object becomes a row. Misdeclared keys throw on use. */
export {
  defineLog, defineRecord, freshKeyOf, keyOf,
  type FieldType, type Key, type LogKind, type RecordKind,
} from './record.ts'
/** Commands: pure functions over records. Expected failures are part of their answer. */
export { type Command, type Request, type Submitted, type View } from './command.ts'
/** The lane of this process. submit: done, id_reused, unavailable; rejects on broken invariants. */
export type { BulkDone, BulkStep, BulkTurn } from './bulk-turn.ts'
export { createLane, type Lane, type LaneStatistics } from './lane.ts'
export type { LaneOptions } from './lane-options.ts'
/** Stores: PostgreSQL for keeps, memory for property tests and simulated years. */
export { createMemoryStore, type MemoryStore } from './memory-store.ts'
/** Simulated time as a record. moveTestClock answers moved: false when asked to go back. */
export {
  moveTestClock, simulatedNow, testClock, testClockId,
  type MovedTestClock, type MoveTestClock, type TestClock,
} from './test-clock.ts'
export { readTestClock } from './test-clock-queries.ts'
export {
  createPostgresStore, shareRow, type PostgresStoreOptions, type SharedRow,
} from './postgres-store.ts'
/** Messages of the outbox and how jobs take them. */
export { outbox, type OutboxRow } from './outbox-row.ts'
export { markDelivered, newestWaitingMessage } from './outbox-queries.ts'
export { nextLaneNumber } from './lane-queries.ts'
