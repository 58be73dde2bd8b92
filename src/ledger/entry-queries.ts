import type { Sql } from '#database'
import type { EntryToReverse } from './reverse.ts'

/** An entry with its postings as `reverse` takes it; null: there is none with this number. */
export async function entryToReverse(sql: Sql, number: bigint): Promise<EntryToReverse | null> {
  const [entry] = await sql<Pick<EntryToReverse, 'number' | 'kind' | 'ref'>[]>`
    select number, kind, ref from ledger.entry where number = ${number}`
  if (entry === undefined) return null
  const postings = await sql<{ account: string; amount: bigint }[]>`
    select account, amount from ledger.posting where entry = ${number} order by account, seq`
  return { ...entry, postings: [...postings] }
}
