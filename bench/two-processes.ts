import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { dirname, extname } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { Database } from '#database'
import { required } from '#kernel'
import type { Measured } from './report.ts'
import type { ChildNews, ChildOrder } from './two-processes-child.ts'

const processes = 2
const warmUpSeconds = 3

/**
 * Plain transfers by two processes with a lane each on one embedded database, together: so many in
 * flight in all, uniform over the customers of `prepareCustomers`.
 */
export async function benchTwoProcesses(
  database: Database,
  seconds: number,
  inFlight: number,
): Promise<Measured> {
  const config = { checkout: process.cwd(), dataDir: await homeOf(database) }
  const children = Array.from({ length: processes }, (_, n) =>
    startChild({
      config,
      databaseName: database.name,
      name: `process-${n + 1}`,
      seed: n + 1,
      inFlight: inFlight / processes,
      warmUpSeconds,
      seconds,
    }),
  )
  try {
    await Promise.all(children.map(({ ready }) => ready))
    for (const { go } of children) go()
    const all = await Promise.all(children.map(({ latenciesMs }) => latenciesMs))
    const sorted = all.flat().sort((a, b) => a - b)
    const at = (share: number) => sorted[Math.floor(sorted.length * share)] ?? 0
    return { perSecond: sorted.length / seconds, p50Ms: at(0.5), p99Ms: at(0.99) }
  } finally {
    await Promise.all(children.map(({ end }) => end()))
  }
}

/** The embedded server's folder, by which the other processes join it. */
async function homeOf(database: Database): Promise<string> {
  return database.asAdmin(async (admin) => {
    const [row] = await admin<{ data: string }[]>`
      select current_setting('data_directory') as data`
    return dirname(required(row, 'setting').data)
  })
}

function startChild(order: ChildOrder) {
  const script = new URL(`./two-processes-child${extname(import.meta.url)}`, import.meta.url)
  const child = spawn(
    process.execPath,
    [...process.execArgv, fileURLToPath(script), JSON.stringify(order)],
    { stdio: ['pipe', 'pipe', 'inherit'] },
  )
  const ended = once(child, 'close')
  let tellReady: () => void = () => undefined
  let tellLatencies: (latencies: readonly number[]) => void = () => undefined
  const broke = ended.then(() => Promise.reject(new Error(`${order.name} ended early`)))
  const ready = Promise.race([broke, new Promise<void>((resolve) => (tellReady = resolve))])
  const latenciesMs = Promise.race([
    broke,
    new Promise<readonly number[]>((resolve) => (tellLatencies = resolve)),
  ])
  for (const each of [broke, ready, latenciesMs]) each.catch(() => undefined)
  child.stdin.on('error', () => undefined)
  createInterface(child.stdout).on('line', (line) => {
    const news = JSON.parse(line) as ChildNews
    if ('ready' in news) tellReady()
    else tellLatencies(news.latenciesMs)
  })
  return {
    ready,
    latenciesMs,
    go: () => child.stdin.write('go\n'),
    async end() {
      // Gives one that has told everything the time to sign off from the database.
      const patience = setTimeout(() => child.kill('SIGKILL'), 5_000)
      await ended
      clearTimeout(patience)
    },
  }
}
