import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import type { ReconcileOptions, SuspenseOptions } from '#cli'
import { readTestClock, simulatedNow } from '#commit'
import { migrate, openDatabase } from '#database'
import {
  createClearReceipt,
  createParkReceipt,
  createReconcileBank,
  type FlowContext,
  type ReconciliationReport,
} from '#flows'
import { createIds, systemClock, systemRandom, toRfc3339 } from '#kernel'
import { formatAmount } from '#money'
import { openReceipts, usualRule, type Receipt } from '#reconciliation'
import { openLane } from './build.ts'
import type { Config } from './config.ts'

const say = (line: string): void => {
  process.stderr.write(`${line}\n`)
}
const print = (value: object): void => {
  process.stdout.write(`${JSON.stringify(value)}\n`)
}

type Context = Pick<FlowContext, 'lane' | 'sql' | 'now' | 'ids'>

/** `coffer reconcile`. Exit 1: there are breaks; 2: the file or the account cannot be used. */
export async function reconcileAction(config: Config, options: ReconcileOptions): Promise<number> {
  const { account, file, tolerance: toleranceFen, days, anyReference, asOf, dryRun } = options
  const bytes = await readFile(file).catch((error: Error) => error.message)
  if (typeof bytes === 'string') return refuse(options, { code: 'file_unreadable', detail: bytes })
  return withBooks(config, async (context) => {
    const done = await createReconcileBank(context)({
      account,
      name: basename(file),
      bytes,
      rule: { ...usualRule, toleranceFen, days, anyReference },
      dryRun,
      ...(asOf !== undefined && { asOf }),
    })
    if (!done.ok) return refuse(options, done.error)
    sayReport(done.value)
    if (options.json) print(presentReport(done.value))
    return done.value.breaks.length === 0 ? 0 : 1
  })
}

/** `coffer suspense list|park|clear`. Exit 2: the line or the account cannot be used. */
export async function suspenseAction(config: Config, options: SuspenseOptions): Promise<number> {
  return withBooks(config, async (context) => {
    if (options.wish === 'list') {
      const receipts = (await openReceipts(context.sql)).map(presentReceipt)
      for (const { line, amount, openedAt } of receipts) say(`${line}  ${amount}  ${openedAt}`)
      if (options.json) print({ receipts })
      return 0
    }
    const { line } = options
    const done =
      options.wish === 'park'
        ? await createParkReceipt(context)(line)
        : await createClearReceipt(context)({ line, to: options.to })
    if (!done.ok) return refuse(options, { code: done.error })
    say(`${line}  ${formatAmount(done.value.amount)}  ${done.value.state}`)
    if (options.json) print({ receipt: presentReceipt(done.value) })
    return 0
  })
}

async function withBooks(
  config: Config,
  work: (context: Context) => Promise<number>,
): Promise<number> {
  const database = await openDatabase(config.database, say)
  const sql = database.connect('app', { max: 1, applicationName: 'coffer reconcile' })
  const lane = openLane(database, systemClock)
  try {
    await migrate(database)
    const testClock = await readTestClock(sql)
    const real = systemClock.now()
    const now = () => (testClock === null ? real : simulatedNow(testClock, real))
    return await work({ lane, sql, now, ids: createIds(systemRandom) })
  } finally {
    await lane.close()
    await sql.end()
    await database.close()
  }
}

interface Refusal {
  readonly code: string
  readonly detail?: string
  readonly faults?: readonly { line: number; field: string; code: string }[]
}

function refuse({ json }: { json: boolean }, refusal: Refusal): number {
  const { code, detail, faults = [] } = refusal
  say(detail === undefined ? code : `${code}: ${detail}`)
  for (const each of faults) say(`  line ${each.line}, ${each.field}: ${each.code}`)
  if (json) print({ error: refusal })
  return 2
}

function sayReport({ matched, unmatched, breaks, ageing, balance }: ReconciliationReport): void {
  const { oneToOne, oneToMany, manyToOne, cancelled } = matched
  say(`matched    ${matched.lines} lines, ${matched.postings} postings`)
  say(`           ${oneToOne} 1:1, ${oneToMany} 1:n, ${manyToOne} n:1, ${cancelled} cancelled`)
  say(`unmatched  ${unmatched.lines} lines, ${unmatched.postings} postings`)
  for (const { kind, difference, ageDays, lines, postings } of breaks) {
    say(`${kind.padEnd(17)} ${formatAmount(difference).padStart(15)}  ${ageDays} days`)
    for (const line of lines) {
      const { id, date, amount, reference } = line
      say(`  bank    ${date} ${formatAmount(amount).padStart(15)}  ${id} ${reference ?? ''}`)
    }
    for (const { entry, date, amount, kind, ref } of postings) {
      say(`  ledger  ${date} ${formatAmount(amount).padStart(15)}  entry ${entry} ${kind} ${ref}`)
    }
  }
  for (const { fromDays, toDays, breaks: count, amount } of ageing) {
    if (count === 0) continue
    const span = toDays === null ? `${fromDays}+ days` : `${fromDays}-${toDays} days`
    say(`${span.padEnd(11)} ${count} breaks, ${formatAmount(amount)}`)
  }
  if (balance.statement === null || balance.difference === null) return
  const [theirs, ours] = [formatAmount(balance.statement), formatAmount(balance.ledger)]
  say(`balance    bank ${theirs}, ledger ${ours}, difference ${formatAmount(balance.difference)}`)
}

/** Amounts as decimal strings. */
function presentReport(report: ReconciliationReport): object {
  const { rule, breaks, ageing, balance, ...same } = report
  const { toleranceFen, ...limits } = rule
  const orNull = (amount: bigint | null) => (amount === null ? null : formatAmount(amount))
  return {
    ok: breaks.length === 0,
    ...same,
    rule: { ...limits, tolerance: formatAmount(toleranceFen) },
    breaks: breaks.map(({ difference, lines, postings, ...found }) => ({
      ...found,
      difference: formatAmount(difference),
      lines: lines.map((line) => ({ ...line, amount: formatAmount(line.amount) })),
      postings: postings.map((posting) => ({
        ...posting,
        entry: posting.entry.toString(),
        amount: formatAmount(posting.amount),
      })),
    })),
    ageing: ageing.map((band) => ({ ...band, amount: formatAmount(band.amount) })),
    balance: {
      statement: orNull(balance.statement),
      ledger: formatAmount(balance.ledger),
      difference: orNull(balance.difference),
    },
  }
}

function presentReceipt({ line, account, amount, state, openedAt, clearedTo }: Receipt) {
  const opened = toRfc3339(openedAt)
  return { line, account, amount: formatAmount(amount), state, openedAt: opened, clearedTo }
}
