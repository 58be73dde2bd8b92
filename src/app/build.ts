import { setTimeout as sleep } from 'node:timers/promises'
import {
  createLane,
  createPostgresStore,
  moveTestClock,
  markDelivered,
  newestWaitingMessage,
  readTestClock,
  shareRow,
  type Lane,
} from '#commit'
import { migrate, type Database, type Sql } from '#database'
import { createFlows, observeDecisions, type FlowContext, type Flows } from '#flows'
import { createHttpServer, type HttpServer, type HttpServerOptions } from '#http'
import { createPasswordHasher, type Site } from '#identity'
import { createJobs, type Jobs } from '#jobs'
import { createIds, createManualClock, invariant, limitHeapGrowth, systemRandom } from '#kernel'
import type { Clock, Instant, Random } from '#kernel'
import { account } from '#ledger'
import { createMetrics, type Logger } from '#observability'
import { createSimulators, type Simulators, type SimulatorsOptions } from '#partners'
import {
  builtInPolicies,
  guest,
  guestProfile,
  holderProfile,
  laneWithModels,
  loadActiveModel,
  publishPolicy,
  type PolicyName,
} from '#risk'
import { checkInvariants } from './check-invariants.ts'
import { openBooks } from './open-books.ts'

/** People, money and time are simulated: partners of our own, and a clock that may be moved. */
export interface SimulationOptions extends Omit<SimulatorsOptions, 'sql' | 'clock'> {
  /** Where simulated time begins on a new database. */
  readonly start: Instant
  /** Simulated seconds per real second at the beginning. */
  readonly rate: number
}

export interface BuildOptions {
  /** Open; migrated here. Whoever opened it closes it. */
  readonly database: Database
  readonly clock: Clock
  readonly random: Random
  readonly log: Logger
  /** Key of the fingerprints. */
  readonly pepper: string
  /** Where browsers find us; absent: this machine alone. */
  readonly site?: Site
  /** Is a password known from leaks? Absent: no list. */
  readonly leaked?: (password: string) => boolean
  /** argon2id's price; tests and scenarios take a low one. */
  readonly passwordCost?: { readonly memoryKiB: number; readonly iterations: number }
  /** The policy that a new database begins with. */
  readonly policy: PolicyName
  readonly simulation: SimulationOptions | null
  /** Partners of one's own; with a simulation the simulated ones take their place. */
  readonly partners: FlowContext['partners']
  /** Lists and feeds from outside; absent: what they would say is unknown. */
  readonly intelligence?: FlowContext['intelligence']
  /** Begin at once with work that waits for no person; default true. See `beginJobs`. */
  readonly jobs?: boolean
  readonly http: Pick<
    HttpServerOptions,
    'version' | 'pages' | 'https' | 'trustProxy' | 'rateLimits' | 'replay' | 'partnerTokens'
  >
}

export interface Coffer {
  readonly flows: Flows
  readonly context: FlowContext
  readonly lane: Lane
  readonly http: HttpServer
  readonly simulators: Simulators | null
  readonly database: Database
  /** Begins with the work that waits for no person, where `jobs` was false. */
  beginJobs(): void
  /** Ends requests, jobs, the lane and all connections; the database itself stays open. */
  close(): Promise<void>
}

/** OWASP's floor for argon2id. */
const usualPasswordCost = { memoryKiB: 19_456, iterations: 2 }
const networkHeader = 'x-coffer-simulated-network'
const wait = (ms: number): Promise<void> => sleep(ms, undefined)

/** Puts the whole server together: database, lane, partners, flows, jobs, HTTP. */
export async function buildCoffer(options: BuildOptions): Promise<Coffer> {
  const { database, clock, random, log, simulation } = options
  limitHeapGrowth()
  await migrate(database)
  const sql = database.connect('app')
  const reader = database.connect('reader', { max: 1, applicationName: 'coffer checking' })
  const simulatorSql = simulation === null ? null : database.connect('simulator', { max: 4 })
  if (simulation !== null) await startSimulatedTime({ database, clock, sql }, simulation)
  const lane = laneWithModels(openLane(database, clock), sql)
  await loadActiveModel(sql)
  await begin(lane, options.policy)
  const productClock = { now: () => lane.now() }
  const simulators =
    simulation === null || simulatorSql === null
      ? null
      : await createSimulators({ ...simulation, sql: simulatorSql, clock: productClock })
  const ids = createIds(random)
  const stopping = new AbortController()
  const context: FlowContext = {
    lane,
    sql,
    stopping: stopping.signal,
    bulkConnection: () => database.connect('app', { max: 1, applicationName: 'coffer bulk' }),
    now: () => lane.now(),
    realNow: () => clock.now(),
    ids,
    random,
    partners: simulators ?? options.partners,
    passwords: createPasswordHasher({
      ...(options.passwordCost ?? usualPasswordCost),
      pepper: options.pepper,
    }),
    ...(options.site !== undefined && { site: options.site }),
    ...(options.leaked !== undefined && { leaked: options.leaked }),
    log,
    testClock: simulation !== null,
    ...(options.intelligence && { intelligence: options.intelligence }),
  }
  const metrics = createMetrics({ clock, lane: () => lane.statistics })
  const checking = checkInvariants({ reader, now: () => lane.now(), log })
  const sources = { figures: () => metrics.figures(), checked: () => checking.last() }
  const flows = observeDecisions(createFlows(context, sources), metrics)
  // As the route for partners does it: what is not taken now is told again.
  await simulators?.carrier.subscribe(async (event) => (await flows.receiveCarrierEvent(event)).ok)
  const begun: Jobs[] = []
  const beginJobs = () => {
    if (begun.length === 0) begun.push(startJobs({ flows, context, log, clock }))
  }
  if (options.jobs ?? true) beginJobs()
  const http = await createHttpServer({
    ...options.http,
    flows,
    log,
    metrics,
    clock,
    ids,
    random,
    ready: () => answers(sql),
    simulation: simulators && {
      networkHeader,
      phones: simulators.carrier,
      moveClock: ({ to, advanceMs, rate }) =>
        flows.advanceClock({
          ...(to !== undefined && { to }),
          ...(advanceMs !== undefined && { to: lane.now() + advanceMs }),
          ...(rate !== undefined && { rate }),
        }),
    },
  })
  async function close(): Promise<void> {
    stopping.abort()
    await http.close()
    await begun[0]?.close()
    await checking.close()
    await lane.close()
    for (const pool of [sql, reader, simulatorSql]) await pool?.end({ timeout: 5 })
  }
  return { flows, context, lane, http, simulators, database, beginJobs, close }
}

/** A lane of this process on a database; its rows are shared as the server shares them. */
export function openLane(database: Database, clock: Clock): Lane {
  const store = createPostgresStore({
    connect: (events) =>
      database.connect('app', { max: 1, applicationName: 'coffer lane', ...events }),
    // What is always written together shares a row (+27 % payments per second).
    sharedRows: [shareRow(account, holderProfile), shareRow(guest, guestProfile)],
    sleep: wait,
  })
  // Keeps strangers from choosing ids that collide; nothing that can be seen depends on it.
  const seed = systemRandom.between(0, 2 ** 32 - 1)
  return createLane({ store, clock, sleep: wait, seed })
}

/** The books and the policy that everything else needs. Changes nothing at a later start. */
async function begin(lane: Lane, policy: PolicyName): Promise<void> {
  const owner = 'app'
  const opened = await lane.submit(openBooks, { owner, id: 'open-books', content: 1, input: null })
  invariant(opened.status === 'done', `the books cannot be opened: ${opened.status}`)
  const input = { document: builtInPolicies[policy], by: 'program' }
  const first = { owner, id: 'first-policy', content: 1, input }
  const published = await lane.submit(publishPolicy, first)
  invariant(published.status === 'done', `no policy: ${published.status}`)
}

/**
 * On a new database simulated time begins before anything has happened: the lane's time never goes
 * back, so the first command of all sets the clock, on a lane that believes it is that moment.
 */
async function startSimulatedTime(
  { database, clock, sql }: { database: Database; clock: Clock; sql: Sql },
  { start, rate }: SimulationOptions,
): Promise<void> {
  if ((await readTestClock(sql)) !== null) return
  const lane = openLane(database, createManualClock(start))
  const input = { to: start, rate, real: clock.now() }
  const set = await lane.submit(moveTestClock, {
    owner: 'app',
    id: 'first-clock',
    input,
    content: 1,
  })
  await lane.close()
  invariant(set.status === 'done', `simulated time cannot begin: ${set.status}`)
}

function startJobs(parts: { flows: Flows; context: FlowContext; log: Logger; clock: Clock }) {
  const { flows, context, log, clock } = parts
  const { lane, sql } = context
  return createJobs({
    runDue: flows.runDue,
    nextDue: flows.nextDue,
    now: () => lane.now(),
    rate: async () => (context.testClock ? ((await readTestClock(sql))?.rate ?? 1) : 1),
    clock,
    onEmitted: (listener) => lane.onEmitted(listener),
    newestMessage: () => newestWaitingMessage(sql),
    markDelivered: (upTo) => markDelivered(sql, upTo, lane.now()),
    onError: (error) => log.error({ error }, 'a job broke and will be tried again'),
  })
}

/** Does the database answer within two seconds? */
async function answers(sql: Sql): Promise<boolean> {
  const asked = sql`select 1`.then(
    () => true,
    () => false,
  )
  return Promise.race([asked, wait(2_000).then(() => false)])
}
