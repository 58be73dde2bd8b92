import { decodeJson, encodeJson, type Instant } from '#kernel'
import { type Place, recent, type RecordCache, unknown } from './cache.ts'
import type { Command, Request, Submitted } from './command.ts'
import { type BatchState, Overlay } from './overlay.ts'
import type { Key, RecordKind } from './record.ts'
import { freshKeyOf, keyOf } from './record.ts'
import { digestOf, requestRecord, type RequestRecord } from './request-record.ts'
import type { BatchWrite, LaneState, RecordChange } from './store.ts'
import { simulatedNow, testClock, testClockId } from './test-clock.ts'

/** A submitted request waiting for its batch. */
export interface Waiting {
  readonly command: Command<unknown, unknown>
  readonly input: unknown
  readonly requestId: string
  readonly digest: bigint
  readonly keys: readonly Key[]
  /** Where the cache has them, by position, as of that epoch of it; see `locate`. */
  readonly places: Place[]
  epoch: number
  /** Whether what it misses was asked for. */
  fetch: 'none' | 'sent' | 'done'
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
function keysOf(command: Command<unknown, unknown>, input: unknown, requestId: string) {
  const keys: Key[] = [freshKeyOf(requestRecord, requestId), keyOf(testClock, testClockId)]
  for (const key of command.reads(input)) keys.push(key)
  return keys
}

/** A request as it waits for its batch; `settle` is its caller's promise. */
export function waitingFor<In, Out>(
  command: Command<In, Out>,
  { owner, id, content, input }: Request<In>,
  settle: { resolve: (submitted: Submitted<Out>) => void; reject: (error: unknown) => void },
): Waiting {
  const plain = command as unknown as Command<unknown, unknown>
  const requestId = `${owner}/${id}`
  const keys = keysOf(plain, input, requestId)
  return {
    command: plain,
    input,
    requestId,
    digest: digestOf(command.name, content),
    keys,
    places: keys.map(() => unknown),
    epoch: 0,
    fetch: 'none',
    ...settle,
  }
}

export function rejectAll(batch: readonly Waiting[], error: unknown): void {
  for (const waiting of batch) waiting.reject(error)
}

/**
 * Finds out where the cache has a request's records. true: all are known that must be. Rows once
 * found stay where they are until the cache gives one up.
 */
export function locate(waiting: Waiting, cache: RecordCache): boolean {
  const { keys, places } = waiting
  const moved = waiting.epoch !== cache.epoch
  waiting.epoch = cache.epoch
  let known = true
  for (let i = 0; i < keys.length; i += 1) {
    if (!moved && (places[i] ?? unknown) >= 0) continue
    const { kind, id, fresh } = keys[i] as Key
    const place = fresh && kind.shortLived === true ? recent : cache.locate(kind, id)
    places[i] = place
    if (place === unknown && !fresh) known = false
  }
  return known
}

/**
 * Decides a batch in arrival order, in memory, on records that are under the lane's lock.
 * Each command sees the changes of those before it; one that throws is dropped alone.
 */
export function decideBatch(
  batch: readonly Waiting[],
  lane: LaneState,
  options: { cache: RecordCache; realNow: Instant },
): DecidedBatch {
  const { cache, realNow } = options
  const state: BatchState = {
    changed: new Map(),
    logs: new Map(),
    nextNumber: lane.nextNumber,
    get(kind, id, place) {
      return state.changed.get(kind)?.get(id)?.record ?? cache.read(kind, id, place)
    },
    version: (kind, id, place) => cache.version(kind, id, place) ?? null,
  }
  const plainClock = testClock as unknown as RecordKind<object>
  let lastInstant = lane.lastInstant
  let emitted = 0
  const verdicts: Verdict[] = []
  for (const waiting of batch) {
    const clock = state.get(plainClock, testClockId, waiting.places[1] ?? unknown)
    const shown = clock === undefined ? realNow : simulatedNow(clock as never, realNow)
    lastInstant = Math.max(lastInstant, shown)
    const decided = decideOne(waiting, state, lastInstant)
    emitted += decided.emitted
    verdicts.push(decided.verdict)
  }
  const write = writeOf(state, lane, lastInstant)
  return { verdicts, write, emitted, lastInstant }
}

function decideOne(
  waiting: Waiting,
  state: BatchState,
  now: Instant,
): { verdict: Verdict; emitted: number } {
  const requests = requestRecord as unknown as RecordKind<object>
  const earlier = state.get(requests, waiting.requestId, waiting.places[0] ?? unknown) as
    | RequestRecord
    | undefined
  if (earlier !== undefined) {
    const submitted: Submitted<unknown> =
      earlier.digest === waiting.digest
        ? { status: 'done', output: decodeJson(earlier.outcome), replayed: true }
        : { status: 'id_reused' }
    return { verdict: { waiting, submitted }, emitted: 0 }
  }
  const overlay = new Overlay(state, waiting, now)
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

function writeOf(state: BatchState, lane: LaneState, lastInstant: Instant): BatchWrite | null {
  if (state.changed.size === 0 && state.logs.size === 0) return null
  const records: RecordChange[] = []
  for (const changes of state.changed.values()) records.push(...changes.values())
  const after: LaneState = { seq: lane.seq + 1n, lastInstant, nextNumber: state.nextNumber }
  return { before: lane, after, records, logs: state.logs }
}
