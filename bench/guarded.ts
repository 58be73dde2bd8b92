import { buildCoffer, type Coffer } from '#app'
import { migrate, type Database } from '#database'
import { systemClock, systemRandom } from '#kernel'
import { createLogger } from '#observability'
import { withBenchDatabase } from './bench-database.ts'
import { openSessions, prepareCustomers } from './commit-data.ts'
import { publishGuard } from './guarded-policy.ts'
import { measureOverHttp } from './http-load.ts'
import { drawPair, guarded, warmUp } from './payments.ts'
import { machine, measure, rounded, type Measured, type Report, type Run } from './report.ts'
import { prepareTpcb } from './tpcb.ts'
import { meanOf, measureYardstick } from './yardstick.ts'

type GuardedReport = Omit<Report, 'twoProcesses'>

const seconds = 10
const warmUpSeconds = 3
const floors: Record<string, number> = { guarded: 1.5, http: 0.8 }
const say = (line: string) => process.stderr.write(`${line}\n`)

/**
 * Guarded payments of a whole server, all rules of `today` and a model of 200 trees, in process and
 * over HTTP with the client on the same machine, beside TPC-B in the same run. Exit 1 when a floor
 * is missed.
 */
export async function benchGuarded({ json }: { json: boolean }): Promise<number> {
  const report = await withBenchDatabase(run)
  print(report)
  if (json) process.stdout.write(`${JSON.stringify(report)}\n`)
  return floorsHold(report) ? 0 : 1
}

async function run(database: Database): Promise<GuardedReport> {
  await migrate(database)
  const owner = database.connect('owner', { max: 1 })
  say('preparing 100,000 customers and TPC-B at scale 10')
  await prepareTpcb(owner)
  await prepareCustomers(owner, systemClock.now())
  await openSessions(owner, systemClock.now())
  const sql = database.connect('owner', { max: 16 })
  const before = await measureYardstick(sql, 1)
  const coffer = await serve(database)
  const runs: Omit<Run, 'ratio'>[] = []
  let rssMb = 0
  try {
    const { url } = await coffer.http.listen({ host: '127.0.0.1', port: 0 })
    await publishGuard(coffer)
    say('a month of life for 100,000 customers')
    await warmUp(coffer.lane)
    for (const inFlight of [64, 256]) {
      for (const hot of [false, true]) runs.push(await inProcess(coffer, inFlight, hot))
    }
    for (const inFlight of [64, 256]) runs.push(await overHttp(url, inFlight))
    rssMb = Math.round(process.memoryUsage().rss / 2 ** 20)
  } finally {
    await coffer.close()
  }
  const yardstick = meanOf(before, await measureYardstick(sql, 2))
  await sql.end()
  await owner.end()
  const ratio = (perSecond: number) => rounded(perSecond / yardstick.functionPerSecond, 2)
  return {
    name: 'guarded',
    machine: machine(),
    yardstick,
    runs: runs.map((each) => ({ ...each, ratio: ratio(each.perSecond) })),
    rssMb,
  }
}

/** A server as `coffer start --no-demo` makes it, without jobs: nothing is due here. */
function serve(database: Database): Promise<Coffer> {
  return buildCoffer({
    database,
    clock: systemClock,
    random: systemRandom,
    log: createLogger({ level: 'warn', write: (line) => process.stderr.write(line) }),
    pepper: 'pepper of the bench',
    policy: 'today',
    simulation: null,
    partners: {},
    jobs: false,
    http: {
      version: 'bench',
      pages: null,
      https: false,
      trustProxy: false,
      rateLimits: null,
      replay: null,
    },
  })
}

async function inProcess(coffer: Coffer, inFlight: number, hot: boolean) {
  const one = async () => {
    const { payer, payee } = drawPair(hot)
    if (!(await guarded(coffer.lane, payer, payee))) throw new Error('a payment did not post')
  }
  const measured = await measure(one, { inFlight, seconds, warmUpSeconds })
  return noted({ kind: 'guarded', inFlight, hot }, measured)
}

async function overHttp(url: string, inFlight: number) {
  const measured = await measureOverHttp({ url, inFlight, warmUpSeconds, seconds, seed: inFlight })
  return noted({ kind: 'http', inFlight, hot: false }, measured)
}

function noted(what: Pick<Run, 'kind' | 'inFlight' | 'hot'>, measured: Measured) {
  const { perSecond, p50Ms, p99Ms } = measured
  say(`${what.kind}, ${what.inFlight} in flight${what.hot ? ', hot' : ''}: ${rounded(perSecond)}/s`)
  return {
    ...what,
    perSecond: rounded(perSecond),
    p50Ms: rounded(p50Ms, 2),
    p99Ms: rounded(p99Ms, 2),
  }
}

function print({ runs, yardstick, rssMb }: GuardedReport): void {
  const { interactivePerSecond, functionPerSecond } = yardstick
  say(`\nTPC-B: interactive ${interactivePerSecond}/s, one function ${functionPerSecond}/s`)
  for (const { kind, inFlight, hot, perSecond, p50Ms, p99Ms, ratio } of runs) {
    const what = `${kind} ${inFlight}${hot ? ' hot' : ''}`.padEnd(18)
    say(`${what} ${String(perSecond).padStart(9)}/s  ${ratio}x  p50 ${p50Ms} ms  p99 ${p99Ms} ms`)
  }
  say(`resident memory with 100,000 customers cached: ${rssMb} MB`)
}

function floorsHold({ runs }: GuardedReport): boolean {
  const missed = runs.filter(
    ({ kind, inFlight, ratio }) => inFlight === 256 && ratio < (floors[kind] ?? 0),
  )
  for (const { kind, hot, ratio } of missed) {
    say(`floor missed: ${kind} ${hot ? 'hot' : 'uniform'} ${ratio}`)
  }
  return missed.length === 0
}
