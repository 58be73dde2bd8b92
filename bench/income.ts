import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Lane } from '#commit'
import { migrate, openDatabase, readMigrations, type Database, type Sql } from '#database'
import { createCreditIncome } from '#flows'
import { declareIncome } from '#fund'
import {
  addDays,
  limitHeapGrowth,
  localDateOf,
  required,
  stopwatch,
  systemClock,
  type LocalDate,
} from '#kernel'
import { customers, prepareCustomers } from './commit-data.ts'
import { benchLane, drawPair, guarded, warmUp } from './payments.ts'
import { machine, rounded } from './report.ts'

/** 30 million payments a day on average (the product's size) are so many each second. */
const paymentsPerSecond = 347
const payers = 5_000
const quietSeconds = 10
const mostRatio = 3
const say = (line: string) => process.stderr.write(`${line}\n`)

export interface IncomeRun {
  readonly kind: 'income'
  readonly holders: number
  readonly seconds: number
  readonly perSecond: number
  /** To the bare update of the same rows. */
  readonly ratio: number
  readonly sumExact: boolean
  /** Of the day credited while payments went on. */
  readonly secondsBesidePayments: number
  readonly paymentP99Ms: number
  readonly paymentP99MsAlone: number
}

/**
 * A day's income for so many holders: once alone, beside a bare update of the same rows in the same
 * run, and once while payments go on. Exit 1 when a floor is missed.
 */
export async function benchIncome(options: { json: boolean; holders?: number }): Promise<number> {
  const { json, holders = 2_500_000 } = options
  const dataDir = mkdtempSync(join(tmpdir(), 'coffer-bench-'))
  const database = await openDatabase({ checkout: process.cwd(), dataDir }, say)
  try {
    const { run, bareSeconds } = await measureIncome(database, holders)
    const report = {
      name: 'income',
      machine: machine(),
      yardstick: {
        what: 'update ledger.account set credits_posted = credits_posted + 0, of the same rows',
        seconds: rounded(bareSeconds, 2),
        perSecond: rounded(holders / bareSeconds),
      },
      runs: [run],
    }
    if (json) process.stdout.write(`${JSON.stringify(report)}\n`)
    return floorsHold(run) ? 0 : 1
  } finally {
    await database.close()
    rmSync(dataDir, { recursive: true, force: true })
  }
}

async function measureIncome(database: Database, holders: number) {
  limitHeapGrowth()
  await migrate(database, readMigrations())
  const owner = database.connect('owner', { max: 1 })
  say(`preparing ${holders} holders`)
  const now = systemClock.now()
  await prepareCustomers(owner, now)
  await prepareHolders(owner, { holders, at: now - 2 * 86_400_000 })
  const lane = benchLane(database)
  await warmUp(lane, payers)
  const today = localDateOf(now)
  const [first, second] = [addDays(today, -2), addDays(today, -1)]
  // The first rewrite of a freshly loaded table moves half of its rows to other pages.
  await bareUpdate(owner, 'not counted')
  const before = await bareUpdate(owner, 'before')
  const { credit, close } = crediting(database, lane, holders)
  const alone = await credit(first)
  say(`income of ${first}: ${rounded(alone, 1)} s, ${rounded(holders / alone)} holders/s`)
  const after = await bareUpdate(owner, 'after')
  const bareSeconds = (before + after) / 2
  const quiet = await payMeanwhile(lane, () => sleep(quietSeconds * 1_000))
  say(`payments alone, ${paymentsPerSecond}/s: p99 ${rounded(quiet.p99Ms, 1)} ms`)
  const busy = await payMeanwhile(lane, () => credit(second))
  say(`income beside them: ${rounded(busy.done, 1)} s, payments' p99 ${rounded(busy.p99Ms, 1)} ms`)
  const sumExact = await sumsAreExact(owner, [first, second])
  await Promise.all([lane.close(), close()])
  await owner.end()
  const run: IncomeRun = {
    kind: 'income',
    holders,
    seconds: rounded(alone, 2),
    perSecond: rounded(holders / alone),
    ratio: rounded(alone / bareSeconds, 2),
    sumExact,
    secondsBesidePayments: rounded(busy.done, 2),
    paymentP99Ms: rounded(busy.p99Ms, 2),
    paymentP99MsAlone: rounded(quiet.p99Ms, 2),
  }
  say(`ratio to the bare update: ${run.ratio}; sums ${sumExact ? 'exact' : 'WRONG'}`)
  return { run, bareSeconds }
}

/** Between 1.00 and 20,000.00 units each, no two days alike; the fund's own accounts to match. */
export async function prepareHolders(
  owner: Sql,
  { holders, at }: { holders: number; at: number },
): Promise<void> {
  const then = new Date(at).toISOString()
  const units = '(100 + (i::int8 * 7919) % 2000000)'
  const id = `'R201:cus_' || (1000000000000000 + i)`
  await owner.unsafe(`
    insert into ledger.account (id, code, owner, book, side, not_negative, debits_posted,
      credits_posted, debits_pending, credits_pending, posting_seq, opened_at, row_version)
    select ${id}, 'R201', 'cus_' || (1000000000000000 + i), 'REG', 'credit', true, 0, 0, 0, 0, 0,
      '${then}', 1
    from generate_series(${customers + 1}, ${holders}) i;
    update ledger.account set credits_posted = ${units.replaceAll('i::', 'right(id, 8)::')},
      posting_seq = 1
    where code = 'R201' and right(id, 8)::int8 <= ${holders};
    insert into ledger.entry (number, kind, ref, at) values (-1, 'bench', 'units', '${then}');
    insert into ledger.posting (account, seq, entry, amount, balance, at)
    select ${id}, 1, -1, -${units}, -${units}, '${then}' from generate_series(1, ${holders}) i;
    insert into ledger.account (id, code, book, side, not_negative, debits_posted,
      credits_posted, debits_pending, credits_pending, posting_seq, opened_at, row_version)
    select code, code, book, side, not_negative,
      case side when 'debit' then total else 0 end, case side when 'debit' then 0 else total end,
      0, 0, case total when 0 then 0 else 1 end, '${then}', 1
    from (select sum(credits_posted)::int8 as units from ledger.account where code = 'R201') held
    cross join lateral (values ('R100', 'REG', 'debit', true, units),
      ('F102', 'FUND', 'debit', true, units), ('F300', 'FUND', 'credit', true, units),
      ('F401', 'FUND', 'credit', false, 0)) fixed(code, book, side, not_negative, total);
    insert into ledger.posting (account, seq, entry, amount, balance, at)
    select id, 1, -1, debits_posted - credits_posted, debits_posted - credits_posted, '${then}'
    from ledger.account where id in ('R100', 'F102', 'F300')`)
  await owner`vacuum analyze ledger.account`
  await owner`vacuum analyze ledger.posting`
}

async function bareUpdate(owner: Sql, when: string): Promise<number> {
  await owner`vacuum ledger.account`
  const took = stopwatch()
  await owner`update ledger.account set credits_posted = credits_posted + 0 where code = 'R201'`
  const seconds = took() / 1_000
  await owner`vacuum ledger.account`
  say(`bare update of the same rows, ${when}: ${rounded(seconds, 1)} s`)
  return seconds
}

/** Credits days as the server's jobs do; a fixed sum was declared for each. */
export function crediting(database: Database, lane: Lane, holders: number) {
  const sql = database.connect('app', { max: 2 })
  // Some 1.3 fen for each 100.00 and day: a yield of about 5 %.
  const income = BigInt(holders) * 137n + 11n
  const creditIncome = createCreditIncome({
    lane,
    sql,
    bulkConnection: () => database.connect('app', { max: 1 }),
    now: () => lane.now(),
    partners: {},
    log: { info: () => undefined, warn: () => undefined },
  })
  const credit = async (date: LocalDate) => {
    const input = { date, incomeFen: income, managerUnits: 0n }
    const declared = { owner: 'bench', id: `declare-${date}`, content: date, input }
    await lane.submit(declareIncome, declared)
    const took = stopwatch()
    const credited = await creditIncome(date)
    if (!credited.ok) throw new Error(`income of ${date}: ${credited.error.code}`)
    return took() / 1_000
  }
  return { credit, close: () => sql.end() }
}

/** Payments come evenly, whether or not those before are answered: waiting shows in the p99. */
async function payMeanwhile<T>(lane: Lane, work: () => Promise<T>) {
  const latencies: number[] = []
  const open = new Set<Promise<void>>()
  let over = false
  const clock = stopwatch()
  async function pay(): Promise<void> {
    const took = stopwatch()
    const { payer, payee } = drawPair(false, payers)
    if (!(await guarded(lane, payer, payee))) throw new Error('a payment did not post')
    latencies.push(took())
  }
  async function keepPaying(): Promise<void> {
    for (let sent = 0; !over;) {
      for (const due = (clock() / 1_000) * paymentsPerSecond; sent < due; sent += 1) {
        const one = pay()
        open.add(one)
        void one.then(() => open.delete(one))
      }
      await sleep(1)
    }
    await Promise.all(open)
  }
  const paying = keepPaying()
  const [done] = await Promise.all([work().finally(() => (over = true)), paying])
  latencies.sort((a, b) => a - b)
  return { done, p99Ms: latencies[Math.floor(latencies.length * 0.99)] ?? 0 }
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}

/** Every holder's counters, postings and the days agree. */
async function sumsAreExact(owner: Sql, days: readonly LocalDate[]): Promise<boolean> {
  const [row] = await owner<[{ credited: bigint; posted: bigint; declared: bigint; held: bigint }]>`
    select
      (select sum(credited_fen)::int8 from fund.day where id = any(${[...days]}::text[])
        and state = 'credited') as credited,
      (select sum(income_fen)::int8 from fund.day where id = any(${[...days]}::text[])) as declared,
      (select -sum(p.amount)::int8 from ledger.posting p join ledger.entry e on e.number = p.entry
        where e.kind = 'fund_income' and p.account >= 'R201' and p.account < 'R206') as posted,
      (select sum(credits_posted - debits_posted)::int8 from ledger.account where code = 'R201')
        - (select balance from ledger.posting where account = 'R100' and seq = 1) as held`
  const { credited, posted, declared, held } = required(row, 'sums')
  return [credited, posted, held].every((sum) => sum === declared)
}

function floorsHold(run: IncomeRun): boolean {
  const { ratio, sumExact, paymentP99Ms, paymentP99MsAlone } = run
  const mostP99 = Math.max(100, 3 * paymentP99MsAlone)
  if (ratio > mostRatio) say(`floor missed: ratio ${ratio}, ${mostRatio} allowed`)
  if (!sumExact) say('floor missed: the sums are not exact')
  if (paymentP99Ms > mostP99) say(`floor missed: payments' p99 ${paymentP99Ms} ms`)
  return ratio <= mostRatio && sumExact && paymentP99Ms <= mostP99
}
