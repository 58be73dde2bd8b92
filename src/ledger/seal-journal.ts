import type { Sql } from '#database'
import type { Instant } from '#kernel'
import { leavesOf } from './seal-leaves.ts'

export interface SealWish {
  /** Entries in a seal; 5,000 cost a third of what they cost in seals of 1,000. */
  readonly chunk?: number
  /** Seals at most in one go; what is left waits for the next. */
  readonly most?: number
  /** Also what does not fill a seal yet. */
  readonly partial: boolean
}

/** What one go has sealed. */
export interface Sealed {
  readonly seals: number
  readonly entries: number
}

interface Head {
  readonly number: bigint
  readonly toEntry: bigint
}

/**
 * Seals what has been written since the last seal, in the order of entry numbers, each chunk in a
 * transaction of its own, on an ordinary connection beside the lane: no payment waits for it.
 * Numbers are drawn by the one lane and commit in their order, so below the newest entry that is
 * seen nothing can still come. Of two processes one seals, the other leaves it to it.
 */
export async function sealJournal(sql: Sql, wish: SealWish, now: Instant): Promise<Sealed> {
  const { chunk = 5_000, most = 100, partial } = wish
  let [seals, entries] = [0, 0]
  while (seals < most) {
    const sealed = await sql.begin(async (tx) =>
      sealNext(tx as unknown as Sql, { chunk, partial }, now),
    )
    if (sealed === 0) break
    seals += 1
    entries += sealed
  }
  return { seals, entries }
}

/** Answers how many entries the next seal took; 0: there is none to make. */
async function sealNext(
  sql: Sql,
  { chunk, partial }: { chunk: number; partial: boolean },
  now: Instant,
): Promise<number> {
  // Ranges of the journal are ranges of an index, also while statistics are missing or old.
  await sql`set local enable_seqscan = off`
  const [head] = await sql<Head[]>`
    select number, to_entry as "toEntry" from ledger.seal_head for update skip locked`
  if (head === undefined) return 0
  const from = head.toEntry + 1n
  const [next] = await sql<{ entries: number; to: bigint | null }[]>`
    select count(*)::int4 as entries, max(number) as to from (
      select number from ledger.entry where number >= ${from} order by number limit ${chunk}
    ) waiting`
  const { entries = 0, to = null } = next ?? {}
  if (to === null || (entries < chunk && !partial)) return 0
  await sql`
    with leaf as materialized (${leavesOf(sql, { from, to })}), body as (
      select ${head.number + 1n}::int8 as number, ${from}::int8 as from_entry,
        ${to}::int8 as to_entry, count(*)::int4 as entries,
        sha256(string_agg(hash, ''::bytea order by number)) as digest,
        string_agg(int4send((number - ${from})::int4) || substring(hash for 8), ''::bytea
          order by number) as leaves,
        ${sql.typed.instant(now)} as sealed_at
      from leaf
    ), made as (
      insert into ledger.seal (number, from_entry, to_entry, entries, digest, leaves, sealed_at,
        chain)
      select b.number, b.from_entry, b.to_entry, b.entries, b.digest, b.leaves, b.sealed_at,
        ${chainOf(sql, 'b', sql`h.chain`)}
      from body b cross join ledger.seal_head h
      returning number, to_entry, chain
    )
    update ledger.seal_head h set number = m.number, to_entry = m.to_entry, chain = m.chain
    from made m`
  return entries
}

/** SQL of a seal's chain value: over the one before it and all that is in the seal's row. */
export function chainOf(sql: Sql, seal: string, before: ReturnType<Sql>) {
  const row = sql(seal)
  return sql`sha256(${before} || record_send(row(${row}.number, ${row}.from_entry, ${row}.to_entry,
    ${row}.entries, ${row}.digest, ${row}.leaves, ${row}.sealed_at)))`
}

/** Where the chain stands, and what of the journal it does not cover yet. */
export interface SealState {
  readonly seals: bigint
  /** The chain's last value, hex: kept elsewhere, it proves everything sealed so far. */
  readonly chain: string
  readonly unsealed: number
  /** Time of the oldest entry not sealed; null: all is sealed. */
  readonly unsealedSince: Instant | null
}

export async function readSeals(sql: Sql): Promise<SealState> {
  const [state] = await sql<SealState[]>`
    select h.number as seals, encode(h.chain, 'hex') as chain,
      (select count(*)::int4 from ledger.entry e where e.number > h.to_entry) as unsealed,
      (select e.at from ledger.entry e where e.number > h.to_entry order by e.number limit 1)
        as "unsealedSince"
    from ledger.seal_head h`
  return state ?? { seals: 0n, chain: '', unsealed: 0, unsealedSince: null }
}
