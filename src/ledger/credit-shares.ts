import type { BulkTurn } from '#commit'
import { invariant, required } from '#kernel'
import { fenOf, type ShareRule } from './share-out.ts'

/** Pages of `share_out` to be credited in one entry. */
export interface ShareChunk {
  readonly rule: ShareRule
  /** A loss is taken: from free units first, then held ones, then those to be redeemed. */
  readonly loss: boolean
  readonly pages: { readonly from: number; readonly to: number }
  readonly kind: string
  readonly ref: string
  /**
   * The other accounts of the entry: per movement the debited and the credited one; the whole sum
   * of the chunk goes through each of them. The units' own counter account (R100) is given alone.
   */
  readonly through: readonly { readonly debit: string; readonly credit: string }[]
}

export interface CreditedChunk {
  readonly holders: number
  /** Fen credited; below zero for a loss. */
  readonly fen: bigint
  /** Every account whose row was changed. */
  readonly accounts: readonly string[]
  /** Numbers of the lane that were used, from the turn's own on. */
  readonly numbers: bigint
  /** Of a loss, what came out of units set aside for a redemption. */
  readonly fromRedeeming: readonly { readonly owner: string; readonly fen: bigint }[]
}

interface Wanted {
  readonly wanted: bigint
  readonly holders: number
}

interface Done {
  readonly fen: bigint
  readonly holders: number
  readonly below: boolean
  readonly ids: string | null
  readonly redeeming?: string | null
}

const units = 'R100'

/**
 * Credits (or takes) the shares of some pages in one entry: an update of the accounts and an
 * insert of the postings, both set-based. Who has closed his account since he earned gets it all
 * the same: it is opened again. Throws when a holder has not what he is to lose.
 */
export async function creditShares(turn: BulkTurn, chunk: ShareChunk): Promise<CreditedChunk> {
  const { tx, number, now } = turn
  const parameters = [`${number}`, new Date(now).toISOString()]
  const reopened = chunk.loss ? 0n : await reopenClosed(turn, chunk)
  const text = chunk.loss ? lossText(chunk) : gainText(chunk, 'by place')
  // Sent together: none touches what another reads.
  const [[wanted], [first], others] = await Promise.all([
    tx.unsafe<Wanted[]>(wantedText(chunk)),
    tx.unsafe<Done[]>(text, parameters),
    readThrough(turn, chunk),
  ])
  let { fen, holders, ids } = required(first, 'the sums of a chunk')
  if (!chunk.loss && holders < (wanted?.holders ?? 0)) {
    // Paid or were paid since they were counted.
    const known = (ids ?? '').split(',')
    const [rest] = await tx.unsafe<Done[]>(gainText(chunk, 'by id'), [...parameters, known])
    fen += rest?.fen ?? 0n
    holders += rest?.holders ?? 0
    ids = [ids, rest?.ids].filter(Boolean).join(',')
  }
  const right = wanted?.wanted === fen && first?.below === false
  invariant(right, `chunk ${chunk.ref}: ${fen} of ${wanted?.wanted} fen, below: ${first?.below}`)
  if (fen === 0n) return { holders: 0, fen: 0n, accounts: [], numbers: reopened, fromRedeeming: [] }
  await Promise.all([
    tx`insert into ledger.entry (number, kind, ref, at)
      values (${number}, ${chunk.kind}, ${chunk.ref}, ${tx.typed.instant(now)})`,
    ...postThrough(turn, { sides: sidesOf(chunk), fen, others }),
  ])
  const accounts = [...(ids ?? '').split(','), ...others.keys()]
  const fromRedeeming = redeemingOf(first?.redeeming ?? null)
  const numbers = 1n + reopened
  return { holders, fen: chunk.loss ? -fen : fen, accounts, numbers, fromRedeeming }
}

/** Opens accounts that are to be credited and were closed; in their history, by whom and why. */
async function reopenClosed(turn: BulkTurn, { rule, pages, kind, ref }: ShareChunk) {
  const { tx, number, now } = turn
  // Most books have none; to look each holder up would cost as much as to credit him.
  const some = await tx`select from ledger.account where closed_at is not null limit 1`
  if (some.length === 0) return 0n
  const reason = `${kind} ${ref} came after it was closed`
  const acts = await tx.unsafe(
    `with closed as (
      select a.id from (
        select account, ${fenOf(rule)} as fen from ledger.share_out where ${within(pages)}
      ) s join ledger.account a on a.id = s.account
      where s.fen > 0 and a.closed_at is not null
    ), opened as (
      update ledger.account a set closed_at = null, row_version = a.row_version + 1
      from closed c where a.id = c.id returning a.id
    )
    insert into ledger.account_act (account, number, act, by, reason, at)
    select id, $1::text::int8 + row_number() over (order by id), 'reopened', 'ledger', $3,
      $2::timestamptz from opened`,
    [`${number}`, new Date(now).toISOString(), reason],
  )
  return BigInt(acts.count)
}

/** `R203:cus_a=17,R203:cus_b=1` */
function redeemingOf(text: string | null): CreditedChunk['fromRedeeming'] {
  return (text ?? '')
    .split(',')
    .filter((part) => part !== '')
    .map((part) => {
      const [account = '', fen = '0'] = part.split('=')
      return { owner: account.slice('R203:'.length), fen: BigInt(fen) }
    })
}

/** Most rows are still where they were when they were counted; by id: those that moved since. */
function gainText({ rule, pages }: ShareChunk, how: 'by place' | 'by id'): string {
  const found = how === 'by place' ? 'a.ctid = s.place and a.id = s.account' : 'a.id = s.account'
  const left = how === 'by place' ? '' : 'and s.account <> all ($3::text[])'
  return `
    with credited as (
      update ledger.account a set credits_posted = a.credits_posted + s.fen,
        posting_seq = a.posting_seq + 1, row_version = a.row_version + 1
      from (
        select account, place, ${fenOf(rule)} as fen from ledger.share_out where ${within(pages)}
      ) s
      where s.fen > 0 and ${found} ${left}
      returning a.id, a.posting_seq, a.debits_posted - a.credits_posted as balance, s.fen
    ), posted as (
      insert into ledger.posting (account, seq, entry, amount, balance, at)
      select id, posting_seq, $1::text::int8, -fen, balance, $2::timestamptz from credited
    )
    select coalesce(sum(fen), 0)::int8 as fen, count(*)::int4 as holders, false as below,
      string_agg(id, ',') as ids
    from credited`
}

/** What the pages come to, whoever has it already. */
function wantedText({ rule, pages }: ShareChunk): string {
  return `select coalesce(sum(fen), 0)::int8 as wanted, (count(*) filter (where fen > 0))::int4
    as holders from (select ${fenOf(rule)} as fen from ledger.share_out where ${within(pages)}) s`
}

function lossText({ rule, pages }: ShareChunk): string {
  return `
    with share as materialized (
      select s.account, s.fen,
        least(s.fen, greatest(a.credits_posted - a.debits_posted - a.debits_pending, 0)) as free,
        coalesce(h.credits_posted - h.debits_posted, 0) as held
      from (
        select account, ${fenOf(rule)} as fen from ledger.share_out where ${within(pages)}
      ) s join ledger.account a on a.id = s.account
        left join ledger.account h on h.id = 'R202' || substr(s.account, 5)
      where s.fen > 0
    ), part as (
      select account, free as fen from share where free > 0
      union all
      select 'R202' || substr(account, 5), least(fen - free, held) from share
      where fen > free and held > 0
      union all
      select 'R203' || substr(account, 5), fen - free - held from share where fen > free + held
    ), debited as (
      update ledger.account a set debits_posted = a.debits_posted + p.fen,
        posting_seq = a.posting_seq + 1, row_version = a.row_version + 1
      from part p where a.id = p.account
      returning a.id, a.posting_seq, a.debits_posted - a.credits_posted as balance, p.fen
    ), posted as (
      insert into ledger.posting (account, seq, entry, amount, balance, at)
      select id, posting_seq, $1::text::int8, fen, balance, $2::timestamptz from debited
    )
    select coalesce(sum(fen), 0)::int8 as fen, count(*)::int4 as holders,
      coalesce(bool_or(balance > 0), false) as below, string_agg(id, ',') as ids,
      string_agg(id || '=' || fen, ',') filter (where id like 'R203:%') as redeeming
    from debited`
}

function within({ from, to }: ShareChunk['pages']): string {
  return `ctid >= '(${from},0)'::tid and ctid < '(${to},0)'::tid`
}

interface Other {
  id: string
  debits: bigint
  credits: bigint
  seq: bigint
}

/** `+account` is debited with the whole sum, `-account` credited; R100 is the holders' counter. */
function sidesOf({ through, loss }: ShareChunk): string[] {
  const sides = through.flatMap(({ debit, credit }) => [`+${debit}`, `-${credit}`])
  sides.push(`+${units}`)
  if (!loss) return sides
  return sides.map((side) => (side.startsWith('+') ? '-' : '+') + side.slice(1)).toReversed()
}

async function readThrough({ tx }: BulkTurn, chunk: ShareChunk): Promise<Map<string, Other>> {
  const ids = [...new Set(sidesOf(chunk).map((side) => side.slice(1)))]
  const rows = await tx<Other[]>`
    select id, debits_posted as debits, credits_posted as credits, posting_seq as seq
    from ledger.account where id = any(${ids}::text[])`
  return new Map(rows.map((row) => [row.id, row]))
}

/** Postings of the whole sum through the fund's own accounts, and what is then on these. */
function postThrough(
  { tx, number, now }: BulkTurn,
  { sides, fen, others }: { sides: readonly string[]; fen: bigint; others: Map<string, Other> },
): Promise<unknown>[] {
  const postings = sides.map((side) => {
    const subject = required(others.get(side.slice(1)), side)
    const debit = side.startsWith('+')
    if (debit) subject.debits += fen
    else subject.credits += fen
    subject.seq += 1n
    const { id, debits, credits, seq } = subject
    return [id, seq, debit ? fen : -fen, debits - credits].map(String)
  })
  const column = (index: number) => postings.map((posting) => posting[index] ?? '')
  const after = [...others.values()]
  const added = tx`insert into ledger.posting (account, seq, entry, amount, balance, at)
    select p.account, p.seq, ${number}, p.amount, p.balance, ${tx.typed.instant(now)}
    from unnest(${column(0)}::text[], ${column(1)}::int8[], ${column(2)}::int8[],
      ${column(3)}::int8[]) as p(account, seq, amount, balance)`
  const counted = tx`update ledger.account a set debits_posted = n.debits,
      credits_posted = n.credits, posting_seq = n.seq, row_version = a.row_version + 1
    from unnest(${after.map(({ id }) => id)}::text[],
      ${after.map(({ debits }) => `${debits}`)}::int8[],
      ${after.map(({ credits }) => `${credits}`)}::int8[],
      ${after.map(({ seq }) => `${seq}`)}::int8[]) as n(id, debits, credits, seq)
    where a.id = n.id`
  return [added.execute(), counted.execute()]
}
