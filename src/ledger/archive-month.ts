import { createHash } from 'node:crypto'
import type { Sql } from '#database'
import { invariant, startOfLocalDay, toRfc3339, type Instant } from '#kernel'
import type { WritePiece } from './export-journal.ts'

export interface ArchivedMonth {
  readonly month: string
  readonly accounts: number
  readonly entries: number
  readonly postings: number
  /** Rows of other tables about these entries. */
  readonly details: number
  /** Of the text before the last line, which states it. */
  readonly sha256: string
}

/** A local month `YYYY-MM`: its first moment and the first one after it. */
export function boundsOfMonth(month: string): { from: Instant; to: Instant } {
  invariant(/^\d{4}-(0[1-9]|1[0-2])$/.test(month), `not a month: ${month}`)
  const [year = 0, number = 0] = month.split('-').map(Number)
  const next = number === 12 ? `${year + 1}-01` : `${year}-${String(number + 1).padStart(2, '0')}`
  return { from: startOfLocalDay(`${month}-01`), to: startOfLocalDay(`${next}-01`) }
}

const pageSize = 1_000

/**
 * Writes a closed month of the journal, one JSON object a line: a header; every account that has a
 * posting before the month with its balance; the month's entries in the order of their numbers,
 * each followed by its postings, with all columns; what other tables say about these entries;
 * every account's balance after the month; counts and a checksum. All of it from one snapshot;
 * memory does not grow with the month. The caller makes sure that the month is over. Nothing is
 * deleted: nobody's role may.
 */
export async function archiveMonth(
  sql: Sql,
  month: string,
  write: WritePiece,
): Promise<ArchivedMonth> {
  const { from, to } = boundsOfMonth(month)
  return sql.begin('isolation level repeatable read read only', async (tx) => {
    const snapshot = tx as unknown as Sql
    const hash = createHash('sha256')
    async function add(lines: readonly string[]): Promise<void> {
      if (lines.length === 0) return
      const piece = `${lines.join('\n')}\n`
      hash.update(piece)
      await write(piece)
    }
    const first = await firstEntryFrom(snapshot, from)
    const end = await firstEntryFrom(snapshot, to)
    await add([JSON.stringify({ archive: { version: 1, month, from: at(from), to: at(to) } })])
    await writeBalances(snapshot, { before: first, name: 'opening', add })
    // Pages of the journal are ranges of an index, also while statistics are missing or old.
    await snapshot`set local enable_seqscan = off`
    const { entries, postings } = await writeEntries(snapshot, { first, end, add })
    await snapshot`set local enable_seqscan = on`
    const details = await writeDetails(snapshot, { first, end, add })
    const accounts = await writeBalances(snapshot, { before: end, name: 'closing', add })
    const sha256 = hash.digest('hex')
    await write(`${JSON.stringify({ end: { accounts, entries, postings, details, sha256 } })}\n`)
    return { month, accounts, entries, postings, details, sha256 }
  })
}

function at(instant: Instant): string {
  return toRfc3339(instant)
}

/**
 * The number of the first entry at or after an instant, or one past the last. Entries are numbered
 * in the order of time, so halving finds it by the primary key; there is no index on the time.
 */
async function firstEntryFrom(sql: Sql, instant: Instant): Promise<bigint> {
  const [ends] = await sql<{ low: bigint; high: bigint }[]>`
    select coalesce(min(number), 0) as low, coalesce(max(number), -1) + 1 as high
    from ledger.entry`
  let { low, high } = ends ?? { low: 0n, high: 0n }
  while (low < high) {
    const middle = (low + high) / 2n
    const [found] = await sql<{ number: bigint; at: Instant }[]>`
      select number, at from ledger.entry where number >= ${middle} order by number limit 1`
    if (found === undefined || found.at >= instant) high = middle
    else low = found.number + 1n
  }
  return low
}

type Add = (lines: readonly string[]) => Promise<void>

/** Each account's last posting before an entry: its place and what it left, debits positive. */
async function writeBalances(
  sql: Sql,
  { before, name, add }: { before: bigint; name: 'opening' | 'closing'; add: Add },
): Promise<number> {
  let accounts = 0
  const rows = sql<{ account: string; seq: bigint; balance: bigint }[]>`
    select distinct on (account) account, seq, balance from ledger.posting
    where entry < ${before} order by account, seq desc`
  for await (const page of rows.cursor(pageSize)) {
    await add(
      page.map(({ account, seq, balance }) =>
        JSON.stringify({ [name]: { account, seq: `${seq}`, balance: `${balance}` } }),
      ),
    )
    accounts += page.length
  }
  return accounts
}

/** All columns, each as PostgreSQL writes it: no number is cut to what JavaScript holds. */
interface Row {
  readonly entry: bigint
  readonly row: string
}

async function writeEntries(
  sql: Sql,
  { first, end, add }: { first: bigint; end: bigint; add: Add },
): Promise<{ entries: number; postings: number }> {
  const count = { entries: 0, postings: 0 }
  for (let from = first; ;) {
    const entries = await sql<Row[]>`
      select number as entry, (
        select jsonb_object_agg(key, value)::text from jsonb_each_text(to_jsonb(e))) as row
      from ledger.entry e where number >= ${from} and number < ${end}
      order by number limit ${pageSize}`
    const last = entries.at(-1)
    if (last === undefined) return count
    const postings = await sql<Row[]>`
      select entry, (
        select jsonb_object_agg(key, value)::text from jsonb_each_text(to_jsonb(p))) as row
      from ledger.posting p where entry >= ${from} and entry <= ${last.entry}
      order by entry, account, seq`
    await add(linesOf(entries, postings))
    from = last.entry + 1n
    count.entries += entries.length
    count.postings += postings.length
  }
}

function linesOf(entries: readonly Row[], postings: readonly Row[]): string[] {
  const lines: string[] = []
  let next = 0
  for (const { entry, row } of entries) {
    lines.push(`{"entry":${row}}`)
    for (let own = postings[next]; own?.entry === entry; own = postings[next]) {
      lines.push(`{"posting":${own.row}}`)
      next += 1
    }
  }
  return lines
}

/** What further tables of the ledger (those with a column `entry`) say about these entries. */
async function writeDetails(
  sql: Sql,
  { first, end, add }: { first: bigint; end: bigint; add: Add },
): Promise<number> {
  const tables = await sql<{ name: string; quoted: string }[]>`
    select relname as name, format('%I.%I', nspname, relname) as quoted
    from pg_class c join pg_namespace n on n.oid = relnamespace
      join pg_attribute a on attrelid = c.oid and attname = 'entry' and not attisdropped
    where nspname = 'ledger' and relkind in ('r', 'p') and not relispartition
      -- A hold is no part of the journal: it may still change.
      and relname not in ('posting', 'hold')
    order by relname`
  let details = 0
  for (const { name, quoted } of tables) {
    const rows = sql.unsafe<Row[]>(
      `select entry, (select jsonb_object_agg(key, value)::text
         from jsonb_each_text(to_jsonb(d) || jsonb_build_object('table', $3::text))) as row
       from ${quoted} d where entry >= $1 and entry < $2 order by entry`,
      [first, end, name],
    )
    for await (const page of rows.cursor(pageSize)) {
      await add(page.map(({ row }) => `{"detail":${row}}`))
      details += page.length
    }
  }
  return details
}
