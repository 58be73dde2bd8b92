import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { migrate, openDatabase, readMigrations, type Database, type Sql } from '#database'
import { createPasswordHasher } from '#identity'
import { addDays, limitHeapGrowth, localDateOf, required, stopwatch, systemClock } from '#kernel'
import { prepareCustomers } from './commit-data.ts'
import { crediting, prepareHolders } from './income.ts'
import { benchLane, drawPair, guarded, warmUp } from './payments.ts'
import { machine, rounded } from './report.ts'
import { simulatedCoffer } from './verify-data.ts'

const payers = 20_000
const payments = 60_000
const signUps = 2_000
const holders = 200_000
const inFlight = 128
const say = (line: string) => process.stderr.write(`${line}\n`)

/** What one of many costs: bytes that stay, bytes of log, CPU of our process and the database's. */
interface Cost {
  readonly kind: string
  readonly count: number
  readonly bytes: number
  /** Bytes by table, indexes included, those that grew. */
  readonly tables: Readonly<Record<string, number>>
  /** First touches of pages after a checkpoint write whole pages: the shorter, the more. */
  readonly walBytes: number
  readonly cpuMs: { readonly node: number; readonly postgres: number }
  readonly seconds: number
}

/** Bytes, WAL and CPU of a payment, a sign-up and a day of income: for docs/reference/sizing.md. */
export async function benchSizes({ json }: { json: boolean }): Promise<number> {
  limitHeapGrowth()
  const runs = [
    ...(await onNewDatabase(measureBooks)),
    ...(await onNewDatabase(async (database, root) => [await measureSignUps(database, root)])),
  ]
  const hashMs = await passwordMs()
  for (const { kind, bytes, walBytes, cpuMs } of runs) {
    say(`${kind}: ${bytes} bytes, WAL ${walBytes}, CPU ms ${cpuMs.node} + ${cpuMs.postgres}`)
  }
  say(`a password's hash: ${hashMs} ms of CPU`)
  const report = { name: 'sizes', machine: machine(), runs, hashMs }
  if (json) process.stdout.write(`${JSON.stringify(report)}\n`)
  return 0
}

async function onNewDatabase(
  work: (database: Database, root: number) => Promise<Cost[]>,
): Promise<Cost[]> {
  const dataDir = mkdtempSync(join(tmpdir(), 'coffer-bench-'))
  const database = await openDatabase({ checkout: process.cwd(), dataDir }, () => undefined)
  try {
    await migrate(database, readMigrations())
    const file = readFileSync(join(dataDir, 'postgresql', 'postmaster.pid'), 'utf8')
    return await work(database, Number(file.split('\n')[0]))
  } finally {
    await database.close()
    rmSync(dataDir, { recursive: true, force: true })
  }
}

async function measureBooks(database: Database, root: number): Promise<Cost[]> {
  const owner = database.connect('owner', { max: 1 })
  const now = systemClock.now()
  await prepareCustomers(owner, now)
  await prepareHolders(owner, { holders, at: now - 2 * 86_400_000 })
  const lane = benchLane(database)
  await warmUp(lane, payers)
  const cost = costing(database, owner, root)
  const paid = await cost('payment', payments, async () => {
    await share(payments, async () => {
      const { payer, payee } = drawPair(false, payers)
      if (!(await guarded(lane, payer, payee))) throw new Error('a payment did not post')
    })
  })
  const { credit, close } = crediting(database, lane, holders)
  await credit(addDays(localDateOf(now), -2))
  const income = await cost('income', holders, () => credit(addDays(localDateOf(now), -1)))
  await Promise.all([lane.close(), close()])
  await owner.end()
  return [paid, income]
}

/** With the code, by SMS, that comes before; the hash of the password apart (`hashMs`). */
async function measureSignUps(database: Database, root: number): Promise<Cost> {
  const { flows, simulators, close } = await simulatedCoffer(database)
  const owner = database.connect('owner', { max: 1 })
  const signals = { remoteControl: false, callInProgress: false, emulator: false }
  const join = async (n: number) => {
    const phone = `+86139${String(n).padStart(8, '0')}`
    const sent = await flows.requestCode({ phone, purpose: 'sign_up' })
    if (!sent.ok) throw new Error(sent.error.code)
    const [message] = await simulators.carrier.inbox(phone, 1)
    const code = /\b(\d{6})\b/.exec(message?.text ?? '')?.[1] ?? ''
    const wish = { phone, code, name: `Person ${n}`, idNumber: null, kind: 'merchant' as const }
    const origin = {
      deviceId: `dev_${n}`,
      deviceName: 'Phone',
      network: `10.9.${n % 250}`,
      signals,
    }
    const joined = await flows.signUp({ ...wish, password: 'correct horse battery' }, origin)
    if (!joined.ok) throw new Error(joined.error.code)
  }
  await share(200, (n) => join(n))
  const cost = costing(database, owner, root)
  const found = await cost('sign-up', signUps, () => share(signUps, (n) => join(1_000 + n)))
  await owner.end()
  await close()
  return found
}

/** So many calls, some of them at once. */
async function share(count: number, work: (n: number) => Promise<void>): Promise<void> {
  let next = 0
  const worker = async () => {
    while (next < count) await work((next += 1))
  }
  await Promise.all(Array.from({ length: inFlight }, worker))
}

function costing(database: Database, owner: Sql, root: number) {
  return async (kind: string, count: number, work: () => Promise<unknown>): Promise<Cost> => {
    await database.asAdmin((admin) => admin`checkpoint`)
    const before = { ...(await state(owner)), cpu: postgresCpu(root), node: process.cpuUsage() }
    const took = stopwatch()
    await work()
    const seconds = took() / 1_000
    const node = process.cpuUsage(before.node)
    const postgres = postgresCpu(root) - before.cpu
    const after = await state(owner)
    const grown = [...after.sizes].flatMap(([table, size]) => {
      const bytes = rounded((size - (before.sizes.get(table) ?? 0)) / count, 0)
      return bytes > 0 ? [[table, bytes] as const] : []
    })
    return {
      kind,
      count,
      bytes: grown.reduce((sum, [, bytes]) => sum + bytes, 0),
      tables: Object.fromEntries(grown),
      walBytes: rounded((after.wal - before.wal) / count, 0),
      cpuMs: {
        node: rounded((node.user + node.system) / 1_000 / count, 3),
        postgres: rounded(postgres / count, 3),
      },
      seconds: rounded(seconds, 1),
    }
  }
}

async function state(owner: Sql): Promise<{ wal: number; sizes: Map<string, number> }> {
  const [row] = await owner<{ wal: number }[]>`
    select (pg_current_wal_lsn() - '0/0')::float8 as wal`
  const tables = await owner<{ name: string; size: number }[]>`
    select oid::regclass::text as name, pg_total_relation_size(oid)::float8 as size
    from pg_class where relkind = 'r' and relnamespace::regnamespace::text not like 'pg\\_%'`
  const sizes = new Map(tables.map(({ name, size }) => [name, size]))
  return { wal: required(row, 'position').wal, sizes }
}

/** Milliseconds of CPU of the server and its children (Linux); a tick is 10 ms. */
function postgresCpu(root: number): number {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(statOf)
    .filter(({ pid, parent }) => pid === root || parent === root)
    .reduce((sum, { ticks }) => sum + ticks * 10, 0)
}

function statOf(pid: string): { pid: number; parent: number; ticks: number } {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const words = text.slice(text.lastIndexOf(')') + 2).split(' ')
    const own = Number(words[11]) + Number(words[12])
    // Of the server itself also what its ended children have used.
    const ended = Number(words[13]) + Number(words[14])
    return { pid: Number(pid), parent: Number(words[1]), ticks: own + ended }
  } catch {
    return { pid: 0, parent: -1, ticks: 0 }
  }
}

async function passwordMs(): Promise<number> {
  const hasher = createPasswordHasher({
    pepper: 'pepper of the bench',
    memoryKiB: 19_456,
    iterations: 2,
  })
  const before = process.cpuUsage()
  for (let n = 0; n < 20; n += 1) await hasher.hash(`correct horse ${n}`)
  const { user, system } = process.cpuUsage(before)
  return rounded((user + system) / 1_000 / 20)
}
