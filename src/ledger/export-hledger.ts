import type { Sql } from '#database'
import { localDateOf, required, type Instant } from '#kernel'
import { formatAmount } from '#money'
import { chart, type ChartLine } from './chart.ts'

/** Takes the next piece of the file; a promise is waited for, so a slow disk slows the reading. */
export type WritePiece = (piece: string) => void | Promise<void>

export interface Exported {
  readonly accounts: number
  readonly entries: number
  readonly postings: number
}

const pageSize = 1_000

/**
 * Writes the whole journal in hledger's format, piece by piece, as of one moment: every account,
 * every entry in the order of its number (and so of its date), every posting with the balance it
 * must leave behind, and at the end what every account must come to. The assertions are the proof:
 * an entry that is there twice still balances. Debits are positive, credits negative.
 */
export async function exportHledger(sql: Sql, write: WritePiece): Promise<Exported> {
  return sql.begin('isolation level repeatable read read only', async (tx) => {
    const snapshot = tx as unknown as Sql
    // Pages of the journal are ranges of an index, also while statistics are missing or old.
    await snapshot`set local enable_seqscan = off`
    await write(header)
    const accounts = await writeAccounts(snapshot, write)
    const { entries, postings, lastDate } = await writeEntries(snapshot, write)
    if (lastDate !== null) await writeClosing(snapshot, { write, date: lastDate })
    await write(`; ${accounts} accounts, ${entries} entries, ${postings} postings\n`)
    return { accounts, entries, postings }
  })
}

const header = `; Coffer's journal. Each line of an entry says what balance it leaves ("= X").
; OP operator's books, REG unit register, FUND mirror of the fund, MEMO reminders.

commodity CNY
    format 1000.00 CNY

commodity UNIT
    format 1000.00 UNIT

`

async function writeAccounts(sql: Sql, write: WritePiece): Promise<number> {
  let written = 0
  await eachAccount(sql, async (rows) => {
    await write(rows.map(({ id }) => `account ${nameOf(id)}\n    ; ${lineOf(id).name}\n`).join(''))
    written += rows.length
  })
  await write('\n')
  return written
}

interface AccountRow {
  readonly id: string
  /** Debits minus credits, by its counters. */
  readonly balance: bigint
}

async function eachAccount(
  sql: Sql,
  take: (rows: readonly AccountRow[]) => Promise<void>,
): Promise<void> {
  for (let after = ''; ;) {
    const rows = await sql<AccountRow[]>`
      select id, debits_posted - credits_posted as balance
      from ledger.account where id > ${after} order by id limit ${pageSize}`
    const last = rows.at(-1)
    if (last === undefined) return
    after = last.id
    await take(rows)
  }
}

interface EntryRow {
  readonly number: bigint
  readonly kind: string
  readonly ref: string
  readonly at: Instant
}

interface PostingRow {
  readonly entry: bigint
  readonly account: string
  readonly amount: bigint
  readonly balance: bigint
}

async function writeEntries(
  sql: Sql,
  write: WritePiece,
): Promise<{ entries: number; postings: number; lastDate: string | null }> {
  const count = { entries: 0, postings: 0, lastDate: null as string | null }
  for (let after = -1n; ;) {
    const entries = await sql<EntryRow[]>`
      select number, kind, ref, at from ledger.entry
      where number > ${after} order by number limit ${pageSize}`
    const last = entries.at(-1)
    if (last === undefined) return count
    // By account and sequence: what an entry does to an account twice is asserted in its order.
    const postings = await sql<PostingRow[]>`
      select entry, account, amount, balance from ledger.posting
      where entry > ${after} and entry <= ${last.number} order by entry, account, seq`
    await write(entriesText(entries, postings))
    after = last.number
    count.entries += entries.length
    count.postings += postings.length
    count.lastDate = localDateOf(last.at)
  }
}

function entriesText(entries: readonly EntryRow[], postings: readonly PostingRow[]): string {
  let text = ''
  let next = 0
  for (const { number, kind, ref, at } of entries) {
    text += `${localDateOf(at)} * (${number}) ${plain(`${kind} ${ref}`)}\n`
    for (let row = postings[next]; row?.entry === number; row = postings[next]) {
      text += line(row)
      next += 1
    }
    text += '\n'
  }
  return text
}

/** What the counters of each account say, as assertions of an entry that moves nothing. */
async function writeClosing(
  sql: Sql,
  { write, date }: { write: WritePiece; date: string },
): Promise<void> {
  await eachAccount(sql, async (rows) => {
    const lines = rows.map(({ id, balance }) => line({ account: id, amount: 0n, balance }))
    await write(`${date} * closing balances\n${lines.join('')}\n`)
  })
}

function line({ account, amount, balance }: Omit<PostingRow, 'entry'>): string {
  const commodity = lineOf(account).book === 'REG' ? 'UNIT' : 'CNY'
  const moved = `${formatAmount(amount)} ${commodity}`
  return `    ${nameOf(account)}  ${moved} = ${formatAmount(balance)} ${commodity}\n`
}

/** `OP:2010:cus_x`. */
function nameOf(id: string): string {
  return `${lineOf(id).book}:${id}`
}

function lineOf(id: string): ChartLine {
  const [code = ''] = id.split(':')
  return required(chart.get(code), `account code ${code}`)
}

/** A description of one line, without the signs that begin a comment or a note. */
function plain(text: string): string {
  return text.replace(/[;|\s]+/g, ' ')
}
