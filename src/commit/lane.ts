import type { Sql } from '#database'
import { required, type Instant } from '#kernel'
import { decideBatch, locate, rejectAll, waitingFor } from './batch.ts'
import type { DecidedBatch, Waiting } from './batch.ts'
import type { BulkStep } from './bulk-turn.ts'
import { createRecordCache, rememberAll } from './cache.ts'
import { createFetchAhead, missingKeys } from './fetch-ahead.ts'
import type { Command, Request, Submitted } from './command.ts'
import type { LaneOptions } from './lane-options.ts'
import { createLaneTime } from './lane-time.ts'
import type { Key } from './record.ts'
import { StoreConflict, StoreLost, type LaneState, type LaneTurn } from './store.ts'

export interface Lane {
  /**
   * Applies a command once, ever, and answers after its commit. Rejects only when the command
   * broke an invariant; then nothing of it was written.
   */
  submit<In, Out>(command: Command<In, Out>, request: Request<In>): Promise<Submitted<Out>>
  /**
   * One chunk of set-based work between two batches, on a connection of the caller's own. Rejects
   * with what the step or the database threw: what was done is then read, never assumed.
   */
  bulk<Out>(sql: Sql, step: BulkStep<Out>): Promise<Out>
  /** Called after each commit that left messages in the outbox. Returns an unsubscribe. */
  onEmitted(listener: () => void): () => void
  /** Present moment as commands would see it, from what this process knows. */
  now(): Instant
  readonly statistics: LaneStatistics
  /** Refuses new requests, finishes those that wait, closes the store. */
  close(): Promise<void>
}

export interface LaneStatistics {
  batches: number
  commands: number
  reloads: number
  lost: number
  waiting: number
}

/** Batches sent and not yet committed: one is written while the next one is decided. */
const flightsAtOnce = 2
/** From so many waiting requests on it pays to make two batches of them. */
const splitFrom = 32
/** After another process wrote: so many batches in a row under the lock before we trust again. */
const cautiousBatches = 32

/**
 * The single writer of this process. Natural batching: while one batch commits the next one
 * gathers; there is no timer, so an idle lane answers in one commit's time.
 */
export function createLane(options: LaneOptions): Lane {
  const { store, clock, sleep, queueLimit = 4096, batchLimit = 512, patienceMs = 5_000 } = options
  const { cacheLimit: lasting = 1_000_000, seed = 1 } = options
  const cache = createRecordCache({ lasting, shortLived: 20_000, seed }, store.rowMates)
  const time = createLaneTime(clock, cache)
  const listeners = new Set<() => void>()
  const statistics: LaneStatistics = { batches: 0, commands: 0, reloads: 0, lost: 0, waiting: 0 }
  let queue: Waiting[] = []
  let running: Promise<void> | null = null
  let closed = false
  /** The lane after our own last write or look; if the database differs, the cache is stale. */
  let laneKnown: LaneState | null = null
  let availableAgain: Instant = 0
  /** Batches decided so far, and how many of them are known to be committed. */
  let decidedBatches = 0
  let landedBatches = 0
  /** Sent and not yet committed, oldest first. */
  const flights: Promise<void>[] = []
  /** Of flights that did not commit, in their order; to be decided again under the lock. */
  const grounded: (readonly Waiting[])[] = []
  /** Batches still to be decided under the lock first, since another process writes, too. */
  let cautious = 0
  /** Bulk steps that wait. If the last turn was one, requests come first. */
  const bulks: (() => Promise<void>)[] = []
  let bulkWasLast = false
  let wake: () => void = () => undefined
  const fetchAhead = createFetchAhead({ store, cache, landed: () => landedBatches, done: fetched })

  async function run(): Promise<void> {
    // Let every request of this tick join the first batch.
    await Promise.resolve()
    for (;;) {
      if (grounded.length > 0) await settleGrounded()
      else if (bulks.length > 0 && !(bulkWasLast && queue.length > 0)) await runBulk()
      else if (flights.length === flightsAtOnce) await flights[0]
      else if (flights.length > 0 && store.handedOver() !== null) await store.handedOver()
      else if (queue.length > 0 && (await takeBatch())) continue
      else if (flights.length > 0 || queue.length > 0) await nextSubmitOrLanding()
      else break
    }
    running = null
  }

  /** Takes what can be decided now, in arrival order; false: the first one misses something. */
  async function takeBatch(): Promise<boolean> {
    bulkWasLast = false
    if (!mayFly()) return settleUnderLock(Math.min(queue.length, batchLimit))
    // Half of what waits, when nothing is under way: one half is then decided while PostgreSQL
    // writes the other, and both cores work.
    const half = flights.length === 0 && queue.length >= splitFrom
    const wanted = Math.min(half ? Math.ceil(queue.length / 2) : queue.length, batchLimit)
    let ready = 0
    while (ready < wanted && locate(queue[ready] as Waiting, cache)) ready += 1
    if (ready > 0) tryToFly(take(ready))
    else {
      const first = required(queue[0], 'waiting')
      if (first.fetch === 'done') return settleUnderLock(wanted)
      if (first.fetch === 'none') fetchAhead.want(first)
    }
    return ready > 0
  }

  function take(count: number): readonly Waiting[] {
    const batch = queue.slice(0, count)
    queue = queue.slice(count)
    statistics.waiting = batch.length + queue.length
    return batch
  }

  async function settleUnderLock(count: number): Promise<boolean> {
    const batch = take(count)
    await Promise.all(flights)
    if (grounded.length > 0) grounded.push(batch)
    else await settle(batch)
    return true
  }

  /** Nobody else seems to write: no lock is needed to decide. */
  function mayFly(): boolean {
    return cautious === 0 && laneKnown !== null
  }

  function fetched(): void {
    letGo()
    wake()
  }

  /** Records may be forgotten once they are committed and no older read is under way. */
  function letGo(): void {
    cache.settledUpTo(Math.min(landedBatches, fetchAhead.oldest ?? landedBatches))
  }

  function tryToFly(batch: readonly Waiting[]): void {
    // Whatever breaks here is a defect: its callers hear of it, and the lane goes on.
    try {
      takeOff(batch)
    } catch (error) {
      forget()
      rejectAll(batch, error)
    }
  }

  /**
   * Decides a batch on the cache, which holds what earlier flights are about to commit, and sends
   * it. The lane's row decides whether that was right: the write is refused unless its sequence
   * number is the one decided on, so a batch commits only on top of the one before it.
   */
  function takeOff(batch: readonly Waiting[]): void {
    const before = required(laneKnown, 'lane')
    const realNow = clock.now()
    const { write, ...decided } = decideBatch(batch, before, { cache, realNow })
    const number = keep(write)
    const earlier = flights.at(-1) ?? Promise.resolve()
    // A batch of repeats writes nothing, but its answers may be those of a flight under way.
    // Nothing here may hold on to what is written: it would be garbage that survives until then.
    const committed = write === null ? Promise.resolve() : store.commitOn(write)
    const landing = committed.then(
      async () => {
        await earlier
        if (grounded.length > 0) grounded.push(batch)
        else acknowledge(decided, number)
      },
      async (error: unknown) => {
        await earlier
        if (error instanceof StoreLost) statistics.lost += 1
        else statistics.reloads += 1
        grounded.push(batch)
      },
    )
    const flight = landing.then(() => {
      void flights.splice(flights.indexOf(flight), 1)
      wake()
    })
    flights.push(flight)
  }

  async function runBulk(): Promise<void> {
    // None may fly meanwhile: it would wait for the step, and then find the lane moved on.
    await Promise.all(flights)
    if (grounded.length > 0) return
    bulkWasLast = true
    await required(bulks.shift(), 'bulk step')()
  }

  async function takeBulk<Out>(sql: Sql, step: BulkStep<Out>): Promise<Out> {
    const { before, after, changed, output } = await store.bulk(sql, { now: time.now(), step })
    time.reached(after.lastInstant)
    if (laneKnown?.seq === before.seq) {
      cache.forget(changed)
      laneKnown = after
    } else if (laneKnown !== null) forget()
    return output
  }

  async function settleGrounded(): Promise<void> {
    // What did not commit is decided again, in its order, on what is really there.
    await Promise.all(flights)
    forget()
    cautious = cautiousBatches
    for (const batch of grounded.splice(0)) await settle(batch)
  }

  /** Resolves at the next submit or landing; then lets the rest of that tick's requests join. */
  async function nextSubmitOrLanding(): Promise<void> {
    await new Promise<void>((resolve) => {
      wake = resolve
    })
    await new Promise((resolve) => setImmediate(resolve))
  }

  /** Brings a batch to its end whatever happens: answered, refused or told to come back. */
  async function settle(batch: readonly Waiting[]): Promise<void> {
    const giveUpAt = clock.now() + patienceMs
    for (let attempt = 0; ; attempt += 1) {
      try {
        await commitOnce(batch, false)
        return
      } catch (error) {
        if (error instanceof StoreConflict) return settleConflict(batch)
        forget()
        if (!(error instanceof StoreLost)) return rejectAll(batch, error)
        statistics.lost += 1
        if (clock.now() >= giveUpAt || (closed && attempt > 3)) return refuseAll(batch)
        await sleep(Math.min(1_000, 20 * 2 ** attempt))
        try {
          await store.recover()
        } catch {
          if (clock.now() >= giveUpAt) return refuseAll(batch)
        }
      }
    }
  }

  /**
   * Some id believed new was there. Read everything and decide again; if the store still refuses,
   * halve: the one bad request is found in log2(n) commits and the others are not held up.
   */
  async function settleConflict(batch: readonly Waiting[]): Promise<void> {
    statistics.reloads += 1
    try {
      await commitOnce(batch, true)
    } catch (error) {
      forget()
      if (error instanceof StoreLost) return settle(batch)
      if (!(error instanceof StoreConflict)) return rejectAll(batch, error)
      if (batch.length === 1) return rejectAll(batch, error)
      const middle = Math.ceil(batch.length / 2)
      await settleConflict(batch.slice(0, middle))
      await settleConflict(batch.slice(middle))
    }
  }

  async function commitOnce(batch: readonly Waiting[], readEverything: boolean): Promise<void> {
    if (readEverything) forget()
    cache.hold()
    try {
      await commitHeld(batch, readEverything)
    } finally {
      cache.release()
    }
  }

  async function commitHeld(batch: readonly Waiting[], readEverything: boolean): Promise<void> {
    const missing = missingKeys(batch, cache, readEverything)
    const turn = await store.begin(missing)
    try {
      if (turn.lane.seq !== laneKnown?.seq) await reload(turn, batch, { missing, readEverything })
      else {
        if (cautious > 0) cautious -= 1
        rememberAll(cache, missing, turn.loaded)
      }
      for (const waiting of batch) locate(waiting, cache)
      const decided = decideBatch(batch, turn.lane, { cache, realNow: clock.now() })
      if (decided.write === null) await turn.rollback()
      else await turn.commit(decided.write)
      laneKnown = turn.lane
      acknowledge(decided, keep(decided.write))
    } catch (error) {
      await turn.rollback().catch(() => undefined)
      throw error
    }
  }

  /** Another process has written: nothing cached may be believed, read again under the lock. */
  async function reload(
    turn: LaneTurn,
    batch: readonly Waiting[],
    read: { missing: readonly Key[]; readEverything: boolean },
  ): Promise<void> {
    const alreadyRead = new Set(read.missing)
    time.note()
    cache.clear()
    rememberAll(cache, read.missing, turn.loaded)
    const all = missingKeys(batch, cache, read.readEverything)
    const rest = all.filter((key) => !alreadyRead.has(key))
    if (rest.length > 0) rememberAll(cache, rest, await turn.load(rest))
    if (laneKnown !== null) cautious = cautiousBatches
    laneKnown = turn.lane
  }

  /** Remembers what a batch has decided, so that the next one sees it. Answers its number. */
  function keep(write: DecidedBatch['write']): number {
    const number = (decidedBatches += 1)
    if (write === null) return number
    laneKnown = write.after
    // A record that makes room for itself may move others: from then on they are looked up.
    const { epoch } = cache
    for (const change of write.records) {
      const written = { version: (change.version ?? 0) + 1, batch: number }
      if (change.place >= 0 && cache.epoch === epoch) cache.update(change.place, change, written)
      else cache.set(change.kind, change.id, { record: change.record, ...written })
    }
    return number
  }

  function acknowledge(decided: Omit<DecidedBatch, 'write'>, number: number): void {
    const { verdicts } = decided
    landedBatches = number
    letGo()
    time.reached(decided.lastInstant)
    statistics.batches += 1
    statistics.commands += verdicts.length
    for (const verdict of verdicts) {
      if ('error' in verdict) verdict.waiting.reject(verdict.error)
      else verdict.waiting.resolve(verdict.submitted)
    }
    if (decided.emitted > 0) for (const listener of listeners) listener()
  }

  function forget(): void {
    time.note()
    cache.clear()
    laneKnown = null
  }

  function refuseAll(batch: readonly Waiting[]): void {
    availableAgain = clock.now() + 1_000
    for (const waiting of [...batch, ...queue]) {
      waiting.resolve({ status: 'unavailable', retryAfterMs: 1_000 })
    }
    queue = []
  }

  function submit<In, Out>(
    command: Command<In, Out>,
    request: Request<In>,
  ): Promise<Submitted<Out>> {
    if (closed || queue.length >= queueLimit || clock.now() < availableAgain) {
      return Promise.resolve({ status: 'unavailable', retryAfterMs: 1_000 })
    }
    return new Promise((resolve, reject) => {
      const waiting = waitingFor(command, request, { resolve, reject })
      queue.push(waiting)
      if (mayFly() && !locate(waiting, cache)) fetchAhead.want(waiting)
      if (running === null) running = run()
      else wake()
    })
  }

  function bulk<Out>(sql: Sql, step: BulkStep<Out>): Promise<Out> {
    if (closed) return Promise.reject(new StoreLost('the lane is closed'))
    return new Promise((resolve, reject) => {
      bulks.push(() => takeBulk(sql, step).then(resolve, reject))
      if (running === null) running = run()
      else wake()
    })
  }

  function onEmitted(listener: () => void): () => void {
    listeners.add(listener)
    return () => listeners.delete(listener)
  }

  async function close(): Promise<void> {
    closed = true
    while (running !== null) await running
    await store.close()
  }

  return { submit, bulk, onEmitted, now: () => time.now(), statistics, close }
}
