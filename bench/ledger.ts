import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { migrate, openDatabase, readMigrations, type Database, type Sql } from '#database'
import { limitHeapGrowth, stopwatch, systemClock } from '#kernel'
import { balanceAt, statement } from '#ledger'
import { prepareCustomers } from './commit-data.ts'
import { benchLane, drawPair, plain } from './payments.ts'
import { machine, measure, rounded, type Run } from './report.ts'
import { prepareTpcb, runFunction } from './tpcb.ts'

const seconds = 10
const warmUpSeconds = 3
/** Two postings each. */
const entries = 5_000_000
const hotPostings = 1_000_000
const accountsPerSide = 100_000
const hot = 'bench:hot'
const floors = { 256: 3, 1_024: 4 } as Record<number, number>
const mostMs = { statement: 10, balanceAt: 10, restart: 10_000 }
const say = (line: string) => process.stderr.write(`${line}\n`)

interface TimedRun {
  readonly kind: 'statement' | 'balanceAt' | 'restart'
  readonly postings: number
  /** The median of the reads; of the one restart, all of it. */
  readonly ms: number
  readonly slowestMs: number
}

/**
 * Plain transfers against the yardstick, a statement and a past balance on an account with a
 * million postings, and a restart after kill -9 with ten million. Exit 1 when a floor is missed.
 */
export async function benchLedger({ json }: { json: boolean }): Promise<number> {
  const dataDir = mkdtempSync(join(tmpdir(), 'coffer-bench-'))
  const open = () => openDatabase({ checkout: process.cwd(), dataDir }, () => undefined)
  let database = await open()
  try {
    limitHeapGrowth()
    const { runs, functionPerSecond } = await measurePlain(database)
    const timed = await measureReads(database)
    killServer(dataDir)
    await database.close().catch(() => undefined)
    const took = stopwatch()
    database = await open()
    const sql = database.connect('app', { max: 1 })
    const [row] = await sql<[{ n: bigint }]>`select max(number) as n from ledger.entry`
    const ms = rounded(took())
    await sql.end()
    say(`restart after kill -9, entries up to ${row.n}: ${ms} ms`)
    timed.push({ kind: 'restart', postings: entries * 2, ms, slowestMs: ms })
    const what = 'TPC-B in one function call, scale 10, 16 connections, postgres.js'
    const yardstick = { what, functionPerSecond: rounded(functionPerSecond) }
    const report = { name: 'ledger', machine: machine(), yardstick, runs: [...runs, ...timed] }
    if (json) process.stdout.write(`${JSON.stringify(report)}\n`)
    return floorsHold(runs, timed) ? 0 : 1
  } finally {
    await database.close()
    rmSync(dataDir, { recursive: true, force: true })
  }
}

async function measurePlain(database: Database) {
  await migrate(database, readMigrations())
  const owner = database.connect('owner', { max: 1 })
  await prepareTpcb(owner)
  await prepareCustomers(owner, systemClock.now())
  await owner.end()
  const sql = database.connect('owner', { max: 16 })
  const before = await runFunction(sql, seconds)
  const lane = benchLane(database)
  const measured: Omit<Run, 'ratio'>[] = []
  for (const inFlight of [256, 1_024]) {
    for (const isHot of [false, true]) {
      const one = async () => {
        const { payer, payee } = drawPair(isHot)
        if (!(await plain(lane, payer, payee))) throw new Error('a transfer did not post')
      }
      const found = await measure(one, { inFlight, seconds, warmUpSeconds })
      const perSecond = rounded(found.perSecond)
      const [p50Ms, p99Ms] = [rounded(found.p50Ms, 2), rounded(found.p99Ms, 2)]
      say(`plain, ${inFlight} in flight${isHot ? ', half on one account' : ''}: ${perSecond}/s`)
      measured.push({ kind: 'plain', inFlight, hot: isHot, perSecond, p50Ms, p99Ms })
    }
  }
  await lane.close()
  const after = await runFunction(sql, seconds)
  await sql.end()
  const functionPerSecond = (before.perSecond + after.perSecond) / 2
  say(`TPC-B in one function: ${rounded(functionPerSecond)}/s`)
  const runs = measured.map((run) => {
    return { ...run, ratio: rounded(run.perSecond / functionPerSecond, 2) }
  })
  return { runs, functionPerSecond }
}

/** Ten million postings in the order of time: every account its numbers without gaps. */
async function fillJournal(owner: Sql): Promise<void> {
  say(`${entries * 2} postings`)
  const first = '(select max(number) from ledger.entry)'
  const payer = `'bench:a' || i % ${accountsPerSide}`
  const payee = `case when i <= ${hotPostings} then '${hot}'
    else 'bench:b' || i % ${accountsPerSide} end`
  const nth = (from: number) => `(i - ${from} - 1) / ${accountsPerSide} + 1`
  const at = `timestamptz '2024-01-01' + i * interval '6 seconds'`
  await owner.unsafe(`
    create table commit.bench_first as select ${first} as number;
    insert into ledger.entry (number, kind, ref, at)
      select f.number + i, 'transfer', i, ${at}
      from commit.bench_first f, generate_series(1, ${entries}) i;
    insert into ledger.posting (account, seq, entry, amount, balance, at)
      select p.account, p.seq, f.number + i, p.amount, p.amount * p.seq, ${at}
      from commit.bench_first f, generate_series(1, ${entries}) i cross join lateral (values
        (${payer}, ${nth(0)}, 1),
        (${payee}, case when i <= ${hotPostings} then i else ${nth(hotPostings)} end, -1)
      ) as p(account, seq, amount);
    insert into ledger.account (id, code, book, side, not_negative, debits_posted, credits_posted,
        debits_pending, credits_pending, posting_seq, opened_at, row_version)
      select account, 'bench', 'OP', 'debit', false, coalesce(sum(amount) filter (where amount > 0),
        0), coalesce(-sum(amount) filter (where amount < 0), 0), 0, 0, max(seq), now(), 1
      from ledger.posting where account like 'bench:%' group by account`)
  await owner`vacuum analyze ledger.posting`
  await owner`vacuum analyze ledger.entry`
}

async function measureReads(database: Database): Promise<TimedRun[]> {
  const owner = database.connect('owner', { max: 1 })
  await fillJournal(owner)
  await owner.end()
  const sql = database.connect('app', { max: 1 })
  const page = await statement(sql, { accounts: [hot], limit: 1_000 })
  if (page.length !== 1_000) throw new Error('a statement of a thousand postings')
  const middle = Date.UTC(2024, 0, 1) + (hotPostings / 2) * 6_000
  const timed = [
    await timing('statement', () => statement(sql, { accounts: [hot], limit: 1_000 })),
    await timing('balanceAt', () => balanceAt(sql, { accounts: [hot], before: middle })),
  ]
  await sql.end()
  return timed
}

async function timing(kind: 'statement' | 'balanceAt', read: () => Promise<unknown>) {
  const times: number[] = []
  for (let n = 0; n < 40; n += 1) {
    const took = stopwatch()
    await read()
    times.push(took())
  }
  times.sort((a, b) => a - b)
  const [ms, slowestMs] = [rounded(times[20] ?? 0, 2), rounded(times.at(-1) ?? 0, 2)]
  say(`${kind} on an account with ${hotPostings} postings: ${ms} ms, slowest ${slowestMs} ms`)
  return { kind, postings: hotPostings, ms, slowestMs }
}

/** The whole server at once, as when the machine loses power; its processes are ours. */
function killServer(dataDir: string): void {
  const file = readFileSync(join(dataDir, 'postgresql', 'postmaster.pid'), 'utf8')
  process.kill(Number(file.split('\n')[0]), 'SIGKILL')
}

function floorsHold(runs: readonly Run[], timed: readonly TimedRun[]): boolean {
  let hold = true
  for (const { inFlight, hot: isHot, ratio } of runs) {
    const least = floors[inFlight] ?? 0
    if (ratio >= least) continue
    say(`floor missed: plain ${inFlight}${isHot ? ' hot' : ''} ${ratio}, ${least} wanted`)
    hold = false
  }
  for (const { kind, ms } of timed) {
    if (ms < mostMs[kind]) continue
    say(`floor missed: ${kind} ${ms} ms`)
    hold = false
  }
  return hold
}
