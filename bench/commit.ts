import type { Lane } from '#commit'
import { migrate, readMigrations, type Database } from '#database'
import { limitHeapGrowth, required, systemClock } from '#kernel'
import { withBenchDatabase } from './bench-database.ts'
import { prepareCustomers } from './commit-data.ts'
import { benchLane, drawPair, guarded, plain, warmUp } from './payments.ts'
import { machine, measure, rounded, type Measured, type Report, type Run } from './report.ts'
import { benchTwoProcesses } from './two-processes.ts'
import { prepareTpcb } from './tpcb.ts'
import { meanOf, measureYardstick } from './yardstick.ts'

const seconds = 10
const warmUpSeconds = 3
const floors = { plain: 2.5, guarded: 1.3 }
const say = (line: string) => process.stderr.write(`${line}\n`)

/**
 * Plain and guarded commands per second, in process, durable, on the embedded database, beside
 * TPC-B in the same run. Exit 1 when a floor is missed.
 */
export async function benchCommit({ json }: { json: boolean }): Promise<number> {
  const report = await withBenchDatabase(run)
  print(report)
  if (json) process.stdout.write(`${JSON.stringify(report)}\n`)
  return floorsHold(report) ? 0 : 1
}

async function run(database: Database): Promise<Report> {
  limitHeapGrowth()
  await migrate(database, readMigrations())
  const owner = database.connect('owner', { max: 1 })
  say('preparing 100,000 customers and TPC-B at scale 10')
  await prepareTpcb(owner)
  await prepareCustomers(owner, systemClock.now())
  const sql = database.connect('owner', { max: 16 })
  const before = await measureYardstick(sql, 1)
  const lane = benchLane(database)
  say('a month of life for 100,000 customers')
  await warmUp(lane)
  const runs: Omit<Run, 'ratio'>[] = []
  for (const kind of ['plain', 'guarded'] as const) {
    for (const inFlight of [64, 256]) {
      for (const hot of [false, true]) runs.push(await oneRun(lane, { kind, inFlight, hot }))
    }
  }
  const rssMb = Math.round(process.memoryUsage().rss / 2 ** 20)
  await lane.close()
  const two = await benchTwoProcesses(database, seconds, 256)
  say(`plain, two processes together: ${rounded(two.perSecond)}/s`)
  const after = await measureYardstick(sql, 2)
  await sql.end()
  await owner.end()
  const yardstick = meanOf(before, after)
  const { functionPerSecond } = yardstick
  return {
    name: 'commit',
    machine: machine(),
    yardstick,
    runs: runs.map((each) => ({ ...each, ratio: rounded(each.perSecond / functionPerSecond, 2) })),
    twoProcesses: compare(two, runs),
    rssMb,
  }
}

function compare(two: Measured, runs: readonly Omit<Run, 'ratio'>[]): Report['twoProcesses'] {
  const one = required(
    runs.find(({ kind, inFlight, hot }) => kind === 'plain' && inFlight === 256 && !hot),
    'a plain run',
  )
  return {
    inFlight: 256,
    perSecond: rounded(two.perSecond),
    p50Ms: rounded(two.p50Ms, 2),
    p99Ms: rounded(two.p99Ms, 2),
    ofOneProcess: rounded(two.perSecond / one.perSecond, 2),
    p99OfOneProcess: rounded(two.p99Ms / one.p99Ms, 2),
  }
}

async function oneRun(
  lane: Lane,
  { kind, inFlight, hot }: { kind: 'plain' | 'guarded'; inFlight: number; hot: boolean },
): Promise<Omit<Run, 'ratio'>> {
  const work = kind === 'plain' ? plain : guarded
  const one = async () => {
    const { payer, payee } = drawPair(hot)
    if (!(await work(lane, payer, payee))) throw new Error(`a ${kind} payment did not post`)
  }
  const measured = await measure(one, { inFlight, seconds, warmUpSeconds })
  const { perSecond, p50Ms, p99Ms } = measured
  const result = {
    kind,
    inFlight,
    hot,
    perSecond: rounded(perSecond),
    p50Ms: rounded(p50Ms, 2),
    p99Ms: rounded(p99Ms, 2),
  }
  say(`${kind}, ${inFlight} in flight${hot ? ', half to one payee' : ''}: ${result.perSecond}/s`)
  return result
}

function print({ runs, yardstick, twoProcesses, rssMb }: Report): void {
  const { interactivePerSecond, functionPerSecond } = yardstick
  say(`\nTPC-B: interactive ${interactivePerSecond}/s, one function ${functionPerSecond}/s`)
  for (const { kind, inFlight, hot, perSecond, p50Ms, p99Ms, ratio } of runs) {
    const what = `${kind} ${inFlight}${hot ? ' hot' : ''}`.padEnd(18)
    say(`${what} ${String(perSecond).padStart(9)}/s  ${ratio}x  p50 ${p50Ms} ms  p99 ${p99Ms} ms`)
  }
  const { perSecond, p99Ms, ofOneProcess, p99OfOneProcess } = twoProcesses
  say(
    `two processes      ${String(perSecond).padStart(8)}/s  ${ofOneProcess} of one,` +
      ` p99 ${p99Ms} ms (${p99OfOneProcess} of one)`,
  )
  say(`resident memory with 100,000 customers cached: ${rssMb} MB`)
}

function floorsHold({ runs, twoProcesses, rssMb }: Report): boolean {
  const missed = runs.filter(
    ({ kind, inFlight, ratio }) => inFlight === 256 && ratio < floors[kind as keyof typeof floors],
  )
  for (const { kind, hot, ratio } of missed) {
    say(`floor missed: ${kind} ${hot ? 'hot' : 'uniform'} ${ratio}`)
  }
  const together = twoProcesses.ofOneProcess >= 0.5 && twoProcesses.p99OfOneProcess <= 5
  if (!together) say('floor missed: two processes')
  if (rssMb >= 500) say(`floor missed: ${rssMb} MB resident, 500 allowed`)
  return missed.length === 0 && together && rssMb < 500
}
