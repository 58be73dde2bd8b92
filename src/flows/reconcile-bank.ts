import type { Command } from '#commit'
import {
  addDays,
  fail,
  localDateOf,
  ok,
  sha256Hex,
  startOfLocalDay,
  type LocalDate,
  type Result,
} from '#kernel'
import { balanceAt, postingsBetween, type AccountPosting } from '#ledger'
import {
  bookKey,
  bookOf,
  keepMatching,
  lineId,
  matchedPostings,
  matchStatement,
  openLines,
  postingId,
  readStatement,
  statementKey,
  statementNamed,
  type BankStatement,
  type KeepError,
  type MatchRule,
  type RunToKeep,
  type Side,
  type StatementFault,
} from '#reconciliation'
import { movementKey } from './bank-reference.ts'
import type { FlowContext } from './context.ts'
import { reportOf, type Compared, type ReconciliationReport } from './reconciliation-report.ts'
import { submit } from './submit.ts'

/** Ledger accounts that are accounts at a bank too. */
export const bankAccounts = ['1010', '1110', '1410'] as const

export interface ReconcileInput {
  /** Of `bankAccounts`. */
  readonly account: string
  /** The file's name: known for ever. */
  readonly name: string
  readonly bytes: Uint8Array
  readonly rule: MatchRule
  /** Nothing is kept. */
  readonly dryRun: boolean
  /** Of the ageing; default today. */
  readonly asOf?: LocalDate
}

export type ReconcileRefusal =
  | { readonly code: 'statement_malformed'; readonly faults: readonly StatementFault[] }
  | { readonly code: 'account_not_at_bank' | 'account_differs' | KeepError | 'unavailable' }

const keepCommand: Command<RunToKeep, Result<{ imported: boolean }, KeepError>> = {
  name: 'flows.reconcile_bank',
  reads: ({ account, name }) => [bookKey(account), statementKey(name)],
  apply: keepMatching,
}

/** Days around the period in which the other side of a break is looked for. */
const lookAroundDays = 30

type Context = Pick<FlowContext, 'lane' | 'sql' | 'now' | 'ids'>

/**
 * Reads a bank's file, compares it with our account, and keeps the lines and what was matched, all
 * or nothing. The same file again imports nothing; what has been posted since may match.
 * Errors: statement_malformed, account_not_at_bank, account_differs (the file names another),
 * statement_name_reused, reconciliation_changed (another run came between), unavailable.
 */
export function createReconcileBank(context: Context) {
  return async (input: ReconcileInput): Promise<Result<ReconciliationReport, ReconcileRefusal>> => {
    const { account, name, bytes, rule, dryRun } = input
    if (!(bankAccounts as readonly string[]).includes(account)) {
      return fail({ code: 'account_not_at_bank' })
    }
    const read = readStatement(bytes)
    if (!read.ok) return fail({ code: 'statement_malformed', faults: read.error })
    const statement = read.value
    if ((statement.account ?? account) !== account) return fail({ code: 'account_differs' })
    const digest = sha256Hex(bytes)
    const known = await statementNamed(context.sql, name)
    if (known !== null && (known.digest !== digest || known.account !== account)) {
      return fail({ code: 'statement_name_reused' })
    }
    const isNew = known === null
    const compared = await compare(context, { account, name, statement, rule, isNew })
    if (!dryRun) {
      const { matching, version, openSince } = compared
      const run = { account, name, digest, statement, matching, version, openSince }
      const kept = await submit(context, keepCommand, {
        owner: 'reconciliation',
        id: context.ids.next('rec'),
        content: { account, name, digest, version: version.toString() },
        input: run,
      })
      if (!kept.ok) return fail({ code: 'unavailable' })
      if (!kept.value.ok) return fail({ code: kept.value.error })
    }
    const asOf = input.asOf ?? localDateOf(context.now())
    const end = startOfLocalDay(addDays(statement.to, 1))
    const ours = await balanceAt(context.sql, { accounts: [account], before: end })
    const ledgerBalance = ours.get(account) ?? 0n
    const facts = { account, name, statement, isNew, dryRun, rule, asOf, ledgerBalance }
    return ok(reportOf({ ...compared, ...facts }))
  }
}

interface Comparing {
  readonly account: string
  readonly name: string
  readonly statement: BankStatement
  readonly rule: MatchRule
  /** Its lines are not in the database yet. */
  readonly isNew: boolean
}

async function compare({ sql }: Context, comparing: Comparing): Promise<Compared> {
  const { account, name, statement, rule, isNew } = comparing
  const book = await bookOf(sql, account)
  const covered = {
    from: earliest([statement.from, book?.coveredFrom]),
    to: latest([statement.to, book?.coveredTo]),
  }
  const since = addDays(earliest([statement.from, book?.openSince]), -lookAroundDays)
  const earlier = await openLines(sql, { account, since })
  const own = statement.lines.map((line) => ({ ...line, id: lineId(name, line.number) }))
  const lines = new Map([...earlier, ...(isNew ? own : [])].map((line) => [line.id, line]))
  const postings = await openPostings(sql, { account, since, to: covered.to })
  const theirs = [...lines.values()].map(({ id, date, amount, reference }): Side => {
    return { id, key: movementKey(reference), date, amount }
  })
  const ours = [...postings].map(([id, { ref, at, amount }]): Side => {
    return { id, key: movementKey(ref), date: localDateOf(at), amount }
  })
  const found = matchStatement(theirs, ours, rule)
  // A posting that no statement covers yet is no break: its statement will come.
  const isCovered = ({ date }: Side) => date >= covered.from && date <= covered.to
  const breaks = found.breaks.filter(
    (each) => each.lines.length > 0 || each.postings.some(isCovered),
  )
  const open = breaks.filter(({ kind }) => kind !== 'late').map((each) => each.since)
  const openSince = open.length === 0 ? null : earliest(open)
  const matching = { matches: found.matches, breaks }
  return { matching, version: book?.version ?? 0n, openSince, lines, postings }
}

async function openPostings(
  sql: Context['sql'],
  { account, since, to }: { account: string; since: LocalDate; to: LocalDate },
): Promise<Map<string, AccountPosting>> {
  const from = startOfLocalDay(since)
  const before = startOfLocalDay(addDays(to, lookAroundDays + 1))
  const all = await postingsBetween(sql, { account, from, before })
  const [first, last] = [all[0]?.seq ?? 0n, all.at(-1)?.seq ?? 0n]
  const matched = await matchedPostings(sql, { account, first, last })
  return new Map(
    all.filter(({ seq }) => !matched.has(seq)).map((each) => [postingId(each.seq), each]),
  )
}

function earliest(dates: readonly (LocalDate | undefined)[]): LocalDate {
  return dates.filter((date) => date !== undefined).sort()[0] ?? ''
}

function latest(dates: readonly (LocalDate | undefined)[]): LocalDate {
  return (
    dates
      .filter((date) => date !== undefined)
      .sort()
      .at(-1) ?? ''
  )
}
