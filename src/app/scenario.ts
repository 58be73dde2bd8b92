import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { PolicyName, ScenarioResult } from '#contract'
import { openDatabase, type Database } from '#database'
import { totpCodeAt } from '#identity'
import {
  createIds,
  createSeededRandom,
  invariant,
  localInstant,
  sha256Hex,
  systemClock,
  systemRandom,
  toRfc3339,
} from '#kernel'
import { createLogger } from '#observability'
import {
  createApiClient,
  expectOk,
  beginBusiness,
  runTheft,
  type ApiClient,
  type Stage,
  type TheftPlan,
} from '#world'
import { buildCoffer, type Coffer } from './build.ts'

export interface ScenarioOptions extends TheftPlan {
  readonly seed: number
}

const operators = [
  { login: 'first', name: 'First Approver' },
  { login: 'second', name: 'Second Approver' },
] as const
const operatorPassword = 'only for this scenario'
/** Of the apps of both; their codes go by simulated time, so each sign-in has a fresh one. */
const operatorSecret = 'CO7FER22CO7FER22CO7FER22CO7FER22'

/**
 * Plays the 2013 theft: a server on a free port, a fresh database of its own, simulated time from
 * 2012 on. `progress` hears it line by line.
 */
export async function playTheft(
  database: Database,
  options: ScenarioOptions,
  progress: (line: string) => void,
): Promise<ScenarioResult> {
  const name = createIds(systemRandom).next('scenario')
  await database.createDatabase(name)
  const coffer = await startServer(database.within(name), options)
  try {
    const { url } = await coffer.http.listen({ host: '127.0.0.1', port: 0 })
    const { simulators } = coffer
    invariant(simulators !== null, 'a scenario runs on simulated partners')
    await beginBusiness({ ...coffer, simulators }, '2012-10-01')
    const stage = await setStage(coffer, url, { seed: options.seed, progress })
    return await runTheft(stage, options)
  } finally {
    await coffer.close()
    await database.dropDatabase(name)
  }
}

function startServer(
  database: Database,
  { policy, seed }: { policy: PolicyName; seed: number },
): Promise<Coffer> {
  return buildCoffer({
    database,
    clock: systemClock,
    random: systemRandom,
    log: createLogger({ level: 'error', write: (line) => process.stderr.write(line) }),
    pepper: sha256Hex(`scenario ${seed}`),
    // Passwords of people who live for seconds: the cost of guessing them is not what is shown.
    passwordCost: { memoryKiB: 256, iterations: 1 },
    policy,
    simulation: {
      start: localInstant('2012-10-10', '09:00'),
      rate: 0,
      seed,
      newAccountBalance: 100_000_000n,
    },
    partners: {},
    // The scenario steps from event to event itself: nothing else may run in between.
    jobs: false,
    http: {
      version: 'scenario',
      pages: null,
      https: false,
      trustProxy: false,
      rateLimits: null,
      replay: null,
    },
  })
}

async function setStage(
  coffer: Coffer,
  baseUrl: string,
  { seed, progress }: { seed: number; progress: (line: string) => void },
): Promise<Stage> {
  const random = createSeededRandom(seed)
  let keys = 0
  const nextKey = () => `scenario-${seed}-${(keys += 1)}`
  const signedIn = operators.map(async ({ login, name }) => {
    const roles = ['admin', 'claims', 'analyst'] as const
    const secrets = { password: operatorPassword, totpSecret: operatorSecret }
    await coffer.flows.createOperator({ login, name, roles, ...secrets })
    const client = createApiClient({ baseUrl, network: '10.251.0', nextKey, as: 'operator' })
    await signIn(client, login)
    return client
  })
  const [first, second] = await Promise.all(signedIn)
  invariant(first !== undefined && second !== undefined, 'two operators')
  return {
    baseUrl,
    random,
    nextKey,
    operators: { first, second },
    say: progress,
    async moveTo(instant) {
      for (const client of [first, second]) await signInAgain(client)
      if (instant <= coffer.lane.now()) return
      const body = { to: toRfc3339(instant) }
      expectOk(await first.post('/v1/test-clock', body), 'moving the test clock')
      for (const client of [first, second]) await signInAgain(client)
    },
  }

  /** Operators' sessions end after a working day of simulated time. */
  async function signInAgain(client: typeof first): Promise<void> {
    if (client === undefined || (await client.get('/v1/operator/me')).status === 200) return
    await signIn(client, client === first ? 'first' : 'second')
  }

  async function signIn(client: ApiClient, login: string): Promise<void> {
    const code = totpCodeAt(operatorSecret, coffer.lane.now())
    const body = { login, password: operatorPassword, code }
    expectOk(await client.post('/v1/operator/sign-in', body), 'operator sign-in')
  }
}

/** A database server for scenarios alone, in a folder of its own that goes away with it. */
export async function withScenarioDatabase<T>(
  checkout: string,
  work: (database: Database) => Promise<T>,
): Promise<T> {
  const dataDir = mkdtempSync(join(tmpdir(), 'coffer-scenario-'))
  const database = await openDatabase({ checkout, dataDir }, () => undefined)
  try {
    return await work(database)
  } finally {
    await database.close()
    rmSync(dataDir, { recursive: true, force: true })
  }
}
