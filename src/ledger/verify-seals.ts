import type { Sql } from '#database'
import { required } from '#kernel'
import { chainOf } from './seal-journal.ts'
import { leavesOf } from './seal-leaves.ts'
import type { Verified } from './verified.ts'

/** A chain value that somebody kept elsewhere: it covers everything sealed up to that seal. */
export interface KeptSeal {
  readonly seals: bigint
  /** Hex. */
  readonly chain: string
}

interface SealRange {
  readonly number: bigint
  readonly from: bigint
  readonly to: bigint
}

/** Seals re-made by one statement: enough to be set-based, few enough to sort in memory. */
const pageSize = 20
const most = 20

/**
 * Re-walks the hash chain. Every seal must follow from the one before it, the last one be the head,
 * and every sealed entry with its postings and details be what was sealed, to the byte; what is not
 * is named: the seal, and the entry that was changed, is missing or was added. Whoever may rewrite
 * every seal and the head could make a chain of his own: only a value kept elsewhere shows that.
 */
export async function verifySeals(sql: Sql, kept?: KeptSeal): Promise<Verified> {
  await sql`set local enable_seqscan = off`
  const broken = [...(await brokenLinks(sql)), ...(await brokenHead(sql, kept))]
  let checked = 0
  for (let after = 0n; ;) {
    const page = await sql<SealRange[]>`
      select number, from_entry as "from", to_entry as "to" from ledger.seal
      where number > ${after} order by number limit ${pageSize}`
    const last = page.at(-1)
    if (last === undefined) break
    after = last.number
    const remade = await remake(sql, page)
    for (const { number, entries, fits } of remade) {
      checked += entries
      if (fits || broken.length >= most) continue
      const seal = required(
        page.find((each) => each.number === number),
        'seal',
      )
      broken.push(...(await locate(sql, seal)))
    }
  }
  await sql`set local enable_seqscan = on`
  return { checked, broken: broken.slice(0, most) }
}

async function brokenLinks(sql: Sql): Promise<string[]> {
  const rows = await sql<{ what: string }[]>`
    with linked as (
      select s.*, coalesce(lag(number) over w, 0) as number_before,
        coalesce(lag(to_entry) over w, -1) as to_before,
        coalesce(lag(chain) over w, sha256('coffer journal')) as chain_before
      from ledger.seal s window w as (order by number)
    )
    select case when number <> number_before + 1
        then format('seals %s to %s are missing', number_before + 1, number - 1)
      else format('seal %s was changed, or the one before it', number) end as what
    from linked l
    where number <> number_before + 1 or from_entry <> to_before + 1
      or chain <> ${chainOf(sql, 'l', sql`l.chain_before`)}
    order by number limit ${most}`
  return rows.map(({ what }) => what)
}

async function brokenHead(sql: Sql, kept?: KeptSeal): Promise<string[]> {
  const rows = await sql<{ what: string }[]>`
    select format('the head says %s seals up to entry %s; the last one there is is %s, up to %s',
      h.number, h.to_entry, coalesce(s.number, 0), coalesce(s.to_entry, -1)) as what
    from ledger.seal_head h
    left join (select * from ledger.seal order by number desc limit 1) s on true
    where h.number <> coalesce(s.number, 0) or h.to_entry <> coalesce(s.to_entry, -1)
      or h.chain <> coalesce(s.chain, sha256('coffer journal'))`
  const broken = rows.map(({ what }) => what)
  if (kept === undefined || kept.seals === 0n) return broken
  const [seal] = await sql<{ chain: string }[]>`
    select encode(chain, 'hex') as chain from ledger.seal where number = ${kept.seals}`
  if (seal?.chain === kept.chain) return broken
  return [...broken, `seal ${kept.seals} is not the one whose value was kept`]
}

/** Makes the digests of some seals in a row again from the journal. */
async function remake(
  sql: Sql,
  page: readonly SealRange[],
): Promise<{ number: bigint; entries: number; fits: boolean }[]> {
  const [first, last] = [required(page[0], 'first seal'), required(page.at(-1), 'last seal')]
  const starts = page.map(({ from }) => String(from))
  const ends = page.map(({ to }) => String(to))
  return sql`
    with leaf as materialized (${leavesOf(sql, { from: first.from, to: last.to })}), placed as (
      select width_bucket(number, ${starts}::text[]::int8[]) as nth, number, hash from leaf
    ), remade as (
      select nth, count(*)::int4 as entries, max(number) as to_entry,
        sha256(string_agg(hash, ''::bytea order by number)) as digest
      -- Not what lies in the hole that a missing seal leaves.
      from placed where number <= (${ends}::text[]::int8[])[nth] group by nth
    ), sealed as (
      select row_number() over (order by number) as nth, number, entries, to_entry, digest
      from ledger.seal where number between ${first.number} and ${last.number}
    )
    select s.number, coalesce(r.entries, 0) as entries,
      r.digest is not distinct from s.digest and r.entries = s.entries
        and r.to_entry = s.to_entry as fits
    from sealed s left join remade r on r.nth = s.nth order by s.number`
}

/** Which entries of a seal are not what they were. */
async function locate(sql: Sql, { number, from, to }: SealRange): Promise<string[]> {
  const [seal] = await sql<{ leaves: Uint8Array }[]>`
    select leaves from ledger.seal where number = ${number}`
  const sealed = new Map<bigint, string>()
  const leaves = Buffer.from(seal?.leaves ?? [])
  for (let at = 0; at + 12 <= leaves.length; at += 12) {
    const entry = from + BigInt(leaves.readInt32BE(at))
    sealed.set(entry, leaves.toString('hex', at + 4, at + 12))
  }
  const present = await sql<{ number: bigint; hash: string }[]>`
    select number, encode(substring(hash for 8), 'hex') as hash
    from (${leavesOf(sql, { from, to })}) leaf order by number`
  const broken: string[] = []
  for (const { number: entry, hash } of present) {
    if (!sealed.has(entry)) broken.push(`entry ${entry} was added after seal ${number}`)
    else if (sealed.get(entry) !== hash) broken.push(`entry ${entry} was changed (seal ${number})`)
    sealed.delete(entry)
  }
  for (const entry of sealed.keys()) broken.push(`entry ${entry} is missing (seal ${number})`)
  return broken.length > 0 ? broken : [`seal ${number} does not fit its entries`]
}
