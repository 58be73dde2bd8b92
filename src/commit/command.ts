import type { Instant } from '#kernel'
import type { Key, LogKind, RecordKind } from './record.ts'

/** What a command sees and may change. Reading a key that `reads` did not name throws. */
export interface View {
  /** The record, or undefined when there is none. Treat it as immutable. */
  get<T extends object>(kind: RecordKind<T>, id: string): T | undefined
  /** Inserts or replaces the record with this id. */
  put<T extends object>(kind: RecordKind<T>, record: T): void
  /** Adds a row to a log. */
  append<T extends object>(log: LogKind<T>, row: T): void
  /** Leaves a message for the jobs, delivered at least once after the commit. */
  emit(topic: string, payload: unknown): void
  /** The lane's next number: unique, increasing, the same on replay of the batch. */
  nextNumber(): bigint
}

/** A change of state: the records it may touch, and a pure function over them. */
export interface Command<In, Out> {
  readonly name: string
  /** Every record it may read or change. */
  reads(input: In): readonly Key[]
  /**
   * Pure: no I/O, no clock, no randomness; all changes go through `state`. An answer that has the
   * field `undecided` (sign in again) is given but not stored, and changes nothing.
   */
  apply(state: View, input: In, now: Instant): Out
}

/**
 * One wish to have a command applied. `owner` + `id` name it for ever; `content` is what the
 * client said (same id with other content is refused), `input` may add what was observed since.
 */
export interface Request<In> {
  readonly owner: string
  readonly id: string
  readonly content: unknown
  readonly input: In
}

/** `done` carries the first stored answer; only decided answers are ever stored. */
export type Submitted<Out> =
  | { readonly status: 'done'; readonly output: Out; readonly replayed: boolean }
  | { readonly status: 'id_reused' }
  | { readonly status: 'unavailable'; readonly retryAfterMs: number }
