import type { View } from '#commit'
import { fail, ok, type Instant, type LocalDate, type Result } from '#kernel'
import type { BankStatement } from './bank-statement.ts'
import {
  book,
  importedStatement,
  lineId,
  lineLog,
  matchedLog,
  seqOf,
  type MatchedRow,
} from './book-record.ts'
import type { Matching } from './match.ts'

export interface RunToKeep {
  readonly account: string
  readonly name: string
  readonly digest: string
  readonly statement: BankStatement
  readonly matching: Matching
  /** The book's version that the matching was made on; 0n: there was none. */
  readonly version: bigint
  /** The earliest day of what still waits; null: nothing does. */
  readonly openSince: LocalDate | null
}

export type KeepError = 'statement_name_reused' | 'reconciliation_changed'

/**
 * Imports a statement that is new and keeps what was matched, in one command. `reads` needs
 * `bookKey` and `statementKey`. Errors: statement_name_reused (same name, other bytes or account),
 * reconciliation_changed (another run came between).
 */
export function keepMatching(
  state: View,
  run: RunToKeep,
  now: Instant,
): Result<{ imported: boolean }, KeepError> {
  const { account, name, digest, statement, matching } = run
  const before = state.get(importedStatement, name)
  if (before !== undefined && (before.digest !== digest || before.account !== account)) {
    return fail('statement_name_reused')
  }
  const present = state.get(book, account)
  if ((present?.version ?? 0n) !== run.version) return fail('reconciliation_changed')
  const imported = before === undefined
  if (imported) importLines(state, run, now)
  const found = matchedRows(account, matching, now)
  for (const row of found) state.append(matchedLog, row)
  // The same file again, with nothing new in our books, leaves everything as it was.
  if (imported || found.length > 0) {
    const coveredTo = later(present?.coveredTo, statement.to)
    state.put(book, {
      account,
      version: run.version + 1n,
      coveredFrom: earlier(present?.coveredFrom, statement.from),
      coveredTo,
      openSince: run.openSince ?? coveredTo,
    })
  }
  return ok({ imported })
}

function importLines(state: View, run: RunToKeep, now: Instant): void {
  const { account, name, digest, statement } = run
  const { format, from: fromDate, to: toDate, opening, closing } = statement
  const lines = statement.lines.length
  const kept = { name, account, format, digest, fromDate, toDate, opening, closing, lines }
  state.put(importedStatement, { ...kept, importedAt: now })
  for (const line of statement.lines) {
    const id = lineId(name, line.number)
    state.append(lineLog, { ...line, id, statement: name, account })
  }
}

/** Of matches, and of what came late: it is explained, though it was a break. */
function matchedRows(account: string, { matches, breaks }: Matching, at: Instant): MatchedRow[] {
  const late = breaks.filter(({ kind }) => kind === 'late')
  const all = [...matches, ...late.map((each) => ({ ...each, way: 'late' as const }))]
  return all.flatMap(({ lines, postings, way, difference }) => {
    const members = [...lines, ...postings].map(({ id }) => id)
    const match = members[0] ?? ''
    const shared = { account, match, way, difference, at }
    return members.map((member) => ({ ...shared, member, seq: seqOf(member) }))
  })
}

function earlier(known: LocalDate | undefined, date: LocalDate): LocalDate {
  return known !== undefined && known < date ? known : date
}

function later(known: LocalDate | undefined, date: LocalDate): LocalDate {
  return known !== undefined && known > date ? known : date
}
