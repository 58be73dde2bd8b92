import { decodeJson, encodeJson, type Instant } from '#kernel'
import type { RecordCache } from './cache.ts'
import type { Command, Submitted } from './command.ts'
import { type BatchState, createOverlay } from './overlay.ts'
import type { Key, RecordKind } from './record.ts'
import { freshKeyOf, keyOf } from './record.ts'
import { requestRecord, type RequestRecord } from './request-record.ts'
import type { BatchWrite, LaneState, RecordChange, Store } from './store.ts'
import { simulatedNow, testClock, testClockId } from './test-clock.ts'

/** A submitted request waiting for its batch. */
export interface Waiting {
  readonly command: Command<unknown, unknown>
  readonly input: unknown
  readonly requestId: string
  readonly digest: bigint
  readonly keys: readonly Key[]
  resolve(submitted: Submitted<unknown>): void
  reject(error: unknown): void
}

/** What one waiting request came to; told to its caller only after the commit. */
export type Verdict =
  | { readonly waiting: Waiting; readonly submitted: Submitted<unknown> }
  | { readonly waiting: Waiting; readonly error: unknown }

export interface DecidedBatch {
  readonly verdicts: readonly Verdict[]
  readonly write: BatchWrite | null
  readonly emitted: number
  readonly lastInstant: Instant
}

/** All keys of a request: its own record first, the test clock, then what the command reads. */
export function keysOf(command: Command<unknown, unknown>, input: unknown, requestId: string) {
  const keys: Key[] = [freshKeyOf(requestRecord, requestId), keyOf(testClock, testClockId)]
  for (const key of command.reads(input)) keys.push(key)
  return keys
}

/**
 * Decides a batch in arrival order, in memory, on records that are under the lane's lock.
 * Each command sees the changes of those before it; one that throws is dropped alone.
 */
export function decideBatch(
  batch: readonly Waiting[],
  lane: LaneState,
  options: { cache: RecordCache; realNow: Instant; rowMates: Store['rowMates'] },
): DecidedBatch {
  const { cache, realNow, rowMates } = options
  const state: BatchState = {
    changed: new Map(),
    logs: new Map(),
    nextNumber: lane.nextNumber,
    get(kind, id) {
      return state.changed.get(kind)?.get(id) ?? cache.get(kind, id)?.record
    },
  }
  const plainClock = testClock as unknown as RecordKind<object>
  let lastInstant = lane.lastInstant
  let emitted = 0
  const verdicts: Verdict[] = []
  for (const waiting of batch) {
    const clock = state.get(plainClock, testClockId)
    const shown = clock === undefined ? realNow : simulatedNow(clock as never, realNow)
    lastInstant = Math.max(lastInstant, shown)
    const decided = decideOne(waiting, state, lastInstant)
    emitted += decided.emitted
    verdicts.push(decided.verdict)
  }
  const write = writeOf(state, { lane, lastInstant, cache, rowMates })
  return { verdicts, write, emitted, lastInstant }
}

function decideOne(
  waiting: Waiting,
  state: BatchState,
  now: Instant,
): { verdict: Verdict; emitted: number } {
  const requests = requestRecord as unknown as RecordKind<object>
  const earlier = state.get(requests, waiting.requestId) as RequestRecord | undefined
  if (earlier !== undefined) {
    const submitted: Submitted<unknown> =
      earlier.digest === waiting.digest
        ? { status: 'done', output: decodeJson(earlier.outcome), replayed: true }
        : { status: 'id_reused' }
    return { verdict: { waiting, submitted }, emitted: 0 }
  }
  const overlay = createOverlay(state, waiting.keys, now)
  try {
    const output = waiting.command.apply(overlay, waiting.input, now)
    if (isUndecided(output)) {
      const submitted: Submitted<unknown> = { status: 'done', output, replayed: false }
      return { verdict: { waiting, submitted }, emitted: 0 }
    }
    overlay.put(requestRecord, {
      id: waiting.requestId,
      digest: waiting.digest,
      outcome: encodeJson(output ?? null),
      at: now,
    })
    overlay.mergeIntoBatch()
    const submitted: Submitted<unknown> = { status: 'done', output, replayed: false }
    return { verdict: { waiting, submitted }, emitted: overlay.emitted }
  } catch (error) {
    return { verdict: { waiting, error }, emitted: 0 }
  }
}

/** An answer such as "sign in again" decides nothing: it is given, but not stored. */
function isUndecided(output: unknown): boolean {
  return typeof output === 'object' && output !== null && 'undecided' in output
}

function writeOf(
  state: BatchState,
  context: {
    lane: LaneState
    lastInstant: Instant
    cache: RecordCache
    rowMates: Store['rowMates']
  },
): BatchWrite | null {
  const { lane, lastInstant, cache, rowMates } = context
  if (state.changed.size === 0 && state.logs.size === 0) return null
  const records: RecordChange[] = []
  for (const [kind, changes] of state.changed) {
    const mates = rowMates(kind)
    for (const [id, record] of changes) {
      records.push({ kind, id, record, version: rowVersion(cache, mates, id) })
    }
  }
  const after: LaneState = { seq: lane.seq + 1n, lastInstant, nextNumber: state.nextNumber }
  return { before: lane, after, records, logs: state.logs }
}

/**
 * The version the row must still have. Records that share a row share its version, and each
 * remembers the one it last saw: the newest is the row's. null: the row is not there yet.
 */
function rowVersion(
  cache: RecordCache,
  mates: readonly RecordKind<object>[],
  id: string,
): number | null {
  let version: number | null = null
  for (const mate of mates) {
    const known = cache.get(mate, id)?.version
    if (known !== undefined && (version === null || known > version)) version = known
  }
  return version
}
