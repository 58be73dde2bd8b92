import type { Sql } from '#database'
import { fail, localDateOf, ok, type LocalDate, type Result } from '#kernel'
import { beancountFormat } from './export-beancount.ts'
import { ledgerFormat } from './export-hledger.ts'
import {
  journalAccount,
  openingIn,
  type JournalBalance,
  type JournalFormat,
} from './journal-format.ts'
import {
  eachAccount,
  eachBalanceAfter,
  eachBalanceBefore,
  eachCounter,
  eachEntry,
  entryBounds,
  isAccount,
  isToTheEnd,
  type EntryBounds,
  type EntryHead,
  type JournalRange,
  type JournalRow,
} from './journal-queries.ts'

const formats = {
  hledger: ledgerFormat('hledger'),
  ledger: ledgerFormat('ledger'),
  beancount: beancountFormat,
} as const satisfies Record<string, JournalFormat>

export type JournalFormatName = keyof typeof formats
export const journalFormats = Object.keys(formats) as readonly JournalFormatName[]

export interface JournalSelection extends JournalRange {
  readonly format: JournalFormatName
}

/** Takes the next piece of the file; a promise is waited for, so a slow disk slows the reading. */
export type WritePiece = (piece: string) => void | Promise<void>

export interface Exported {
  readonly accounts: number
  readonly entries: number
  readonly postings: number
}

interface Writing {
  readonly sql: Sql
  readonly write: WritePiece
  readonly format: JournalFormat
  readonly bounds: EntryBounds
  readonly from: LocalDate | null
  accounts: number
  entries: number
  postings: number
  /** Of what was written last. */
  date: LocalDate | null
  /** First and last entry of that day. */
  day: { first: bigint; last: bigint } | null
}

/**
 * Writes the journal piece by piece, as of one moment: accounts, opening balances (with `from`),
 * entries in the order of their numbers (and so of their dates) with the balances they leave, and
 * at the end what every account must come to. The balances are the proof: an entry that is there
 * twice still balances. Memory does not grow with the journal. Errors: account_not_found.
 */
export async function exportJournal(
  sql: Sql,
  write: WritePiece,
  selection: JournalSelection,
): Promise<Result<Exported, 'account_not_found'>> {
  const { account, from = null } = selection
  return sql.begin('isolation level repeatable read read only', async (tx) => {
    const snapshot = tx as unknown as Sql
    if (account !== undefined && !(await isAccount(snapshot, account))) {
      return fail('account_not_found')
    }
    // Pages of the journal are ranges of an index, also while statistics are missing or old.
    await snapshot`set local enable_seqscan = off`
    const bounds = await entryBounds(snapshot, selection)
    const format = formats[selection.format]
    const counted = { accounts: 0, entries: 0, postings: 0, date: null, day: null }
    const writing: Writing = { sql: snapshot, write, format, bounds, from, ...counted }
    await write(format.header(aboutOf(selection, format)))
    await writeAccounts(writing)
    await writeOpening(writing)
    await eachEntry(snapshot, bounds, (...page) => writePage(writing, page))
    await writeDay(writing)
    await writeClosing(writing)
    const { accounts, entries, postings } = writing
    await write(`; ${accounts} accounts, ${entries} entries, ${postings} postings\n`)
    return ok({ accounts, entries, postings })
  })
}

function aboutOf({ account }: JournalSelection, { postingsAssert }: JournalFormat): string {
  const subject = account === undefined ? 'every account' : `account ${account} alone`
  return `Balances of ${subject}, ${postingsAssert ? 'at each posting' : 'after each day'}.`
}

async function writeAccounts(writing: Writing): Promise<void> {
  const { sql, write, format, bounds } = writing
  await eachAccount(sql, bounds, async (rows) => {
    await write(rows.map((row) => format.account(row)).join(''))
    writing.accounts += rows.length
  })
  const { account } = bounds
  if (account !== null && writing.from !== null) {
    await write(format.account({ id: openingIn(journalAccount(account).book), openedAt: 0 }))
    writing.accounts += 1
  }
  await write('\n')
}

/** One entry: balances of whole books come to nothing, so they need no account against them. */
async function writeOpening(writing: Writing): Promise<void> {
  const { sql, write, format, bounds, from } = writing
  if (from === null) return
  const { account, first } = bounds
  await eachBalanceBefore(sql, { end: first, account, empty: false }, async (rows) => {
    const head = format.entry({ number: null, date: from, kind: 'opening', ref: 'balances' })
    await write(writing.date === null ? head : '')
    writing.date = from
    const lines = rows.map((row) => format.posting({ ...row, amount: row.balance }))
    await write(lines.join(''))
    if (account === null) return
    const amount = -(rows[0]?.balance ?? 0n)
    const against = openingIn(journalAccount(account).book)
    await write(format.posting({ account: against, amount, balance: null }))
  })
  if (writing.date !== null) await write('\n')
}

async function writePage(
  writing: Writing,
  [entries, postings]: [readonly EntryHead[], readonly JournalRow[]],
): Promise<void> {
  const { format, bounds } = writing
  const states = ({ account }: JournalRow) =>
    format.postingsAssert && (bounds.account ?? account) === account
  let text = ''
  let next = 0
  for (const { number, kind, ref, at } of entries) {
    const date = localDateOf(at)
    if (writing.day !== null && writing.date !== date) {
      await writing.write(text)
      text = ''
      await writeDay(writing)
    }
    writing.date = date
    writing.day = { first: writing.day?.first ?? number, last: number }
    text += format.entry({ number, date, kind, ref })
    for (let row = postings[next]; row?.entry === number; row = postings[next]) {
      text += format.posting(states(row) ? row : { ...row, balance: null })
      next += 1
    }
    text += '\n'
  }
  await writing.write(text)
  writing.entries += entries.length
  writing.postings += next
}

/** Where postings cannot state balances: those of the accounts touched, at the end of a day. */
async function writeDay(writing: Writing): Promise<void> {
  const { sql, format, bounds, day } = writing
  if (day === null) return
  writing.day = null
  if (format.postingsAssert) return
  const { first, last } = day
  await eachBalanceAfter(sql, { ...bounds, first, end: last + 1n }, (rows) =>
    writeBalances(writing, rows),
  )
}

/** By the counters of the accounts, or out of the postings where entries follow the range. */
async function writeClosing(writing: Writing): Promise<void> {
  const { sql, bounds } = writing
  const take = (rows: readonly JournalBalance[]) => writeBalances(writing, rows)
  if (await isToTheEnd(sql, bounds)) await eachCounter(sql, bounds, take)
  else await eachBalanceBefore(sql, { ...bounds, empty: true }, take)
}

async function writeBalances(
  { write, format, date }: Writing,
  rows: readonly JournalBalance[],
): Promise<void> {
  if (date !== null) await write(format.balances(date, rows))
}
