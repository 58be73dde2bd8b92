import type { BulkStep, BulkTurn, Command } from '#commit'
import type { Sql } from '#database'
import { invariant, type Instant, type LocalDate, ok, required, type Result } from '#kernel'
import { accountKey, creditShares, leaveOutPosted, shareOut } from '#ledger'
import type { ShareOut, ShareRule } from '#ledger'
import { advanceBank } from './advance-bank.ts'
import { orderKey } from './order-record.ts'
import { publishedPer10k } from './credit-income.ts'
import { fundDay, fundDayKey, type FundDayRecord } from './day-record.ts'
import type { LateUnits } from './holder-units.ts'
import type { MilliPercent } from './yield.ts'

const kind = 'fund_income'

/**
 * Works out everybody's share of a day's income; the caller has the income's turn. A day begun
 * before goes on: who has his income is left out.
 * Errors: no_earning_units.
 */
export async function shareDayIncome(
  sql: Sql,
  day: { date: LocalDate; dayEnd: Instant; incomeFen: bigint; chunksDone: number },
  others: { readonly late: readonly LateUnits[]; readonly leaving: readonly LateUnits[] },
): Promise<Result<ShareOut, 'no_earning_units'>> {
  const { date, dayEnd, incomeFen, chunksDone } = day
  const shared = await shareOut(sql, {
    amount: incomeFen,
    before: dayEnd,
    counting: { kind, refBefore: date },
    late: others.late.map(({ customerId, units }) => ({
      owner: customerId === advanceBank ? null : customerId,
      units,
    })),
    leaving: others.leaving.map(({ customerId: owner, units }) => ({ owner, units })),
  })
  if (!shared.ok) return shared
  const refs = Array.from({ length: chunksDone }, (_, chunk) => `${date}/${chunk}`)
  if (refs.length > 0) await leaveOutPosted(sql, { kind, refs })
  return ok(shared.value)
}

/**
 * Only one server at a time credits income; the others wait. Ends with the connection. The wait is
 * cut so that one who is to stop can: then the answer is false.
 */
export async function incomeTurn(sql: Sql, stopping?: AbortSignal): Promise<boolean> {
  await sql.unsafe(`set lock_timeout = ${turnPatienceMs}`)
  while (stopping?.aborted !== true) {
    try {
      await sql`select pg_advisory_lock(hashtext('fund_income'))`
      await sql`set lock_timeout = 0`
      return true
    } catch (error) {
      if ((error as { code?: unknown }).code !== lockNotAvailable) throw error
    }
  }
  return false
}

const turnPatienceMs = 500
const lockNotAvailable = '55P03'

export interface BegunDay {
  readonly date: LocalDate
  readonly units: bigint
  readonly holders: number
  readonly yield7d: MilliPercent | null
}

/** Notes the day's figures, once. With nothing to credit the day is over. */
export const beginIncome: Command<BegunDay, FundDayRecord> = {
  name: 'fund.begin_income',
  reads: ({ date }) => [fundDayKey(date)],
  apply(state, { date, units, holders, yield7d }, now) {
    const present = required(state.get(fundDay, date), `fund day ${date}`)
    if (present.state !== 'declared') return present
    const per10k = publishedPer10k(present.incomeFen, units)
    const begun: FundDayRecord = { ...present, state: 'crediting', units, holders, per10k, yield7d }
    const over = { state: 'credited', chunks: 0, creditedAt: now } as const
    const after = present.incomeFen === 0n ? { ...begun, ...over } : begun
    state.put(fundDay, after)
    return after
  },
}

/** The last chunk is credited: the sum is the day's income, to the fen, or this throws. */
export const finishIncome: Command<{ date: LocalDate }, FundDayRecord> = {
  name: 'fund.finish_income',
  reads: ({ date }) => [fundDayKey(date)],
  apply(state, { date }, now) {
    const present = required(state.get(fundDay, date), `fund day ${date}`)
    if (present.state !== 'crediting') return present
    invariant(present.creditedFen === present.incomeFen, `income of ${date} to the fen`)
    const { chunksDone: chunks } = present
    const after: FundDayRecord = { ...present, state: 'credited', chunks, creditedAt: now }
    state.put(fundDay, after)
    return after
  },
}

export interface IncomeChunkWish {
  readonly date: LocalDate
  readonly rule: ShareRule
  readonly loss: boolean
  readonly chunk: number
  readonly pages: { readonly from: number; readonly to: number }
}

/** Credits the holders on some pages of the shares, in one entry, and notes it on the day. */
export function incomeStep(wish: IncomeChunkWish): BulkStep<{ holders: number }> {
  const { date, rule, loss, chunk, pages } = wish
  return async (turn) => {
    const credited = await creditShares(turn, {
      rule,
      loss,
      pages,
      kind,
      ref: `${date}/${chunk}`,
      through: [
        { debit: 'F102', credit: 'F401' },
        { debit: 'F401', credit: 'F300' },
      ],
    })
    const { holders, fen } = credited
    if (holders === 0) return { numbers: credited.numbers, changed: [], output: { holders } }
    const noted = await turn.tx`
      update fund.day set chunks_done = chunks_done + 1, credited_fen = credited_fen + ${fen},
        row_version = row_version + 1
      where id = ${date} and state = 'crediting' and chunks_done = ${chunk}`
    invariant(noted.count === 1, `chunk ${chunk} of ${date} is the next one`)
    const cut = await cutRedemptions(turn, date, credited.fromRedeeming)
    const changed = [fundDayKey(date), ...credited.accounts.map(accountKey), ...cut.map(orderKey)]
    return { numbers: credited.numbers, changed, output: { holders } }
  }
}

/**
 * Who is to redeem more than a loss has left him redeems what is left: of his redemptions that the
 * fund has not been asked for, the latest ones first. Answers whose orders are for less now.
 */
async function cutRedemptions(
  { tx }: BulkTurn,
  date: LocalDate,
  lost: readonly { readonly owner: string; readonly fen: bigint }[],
): Promise<string[]> {
  if (lost.length === 0) return []
  const rows = await tx<{ id: string; cut: bigint }[]>`
    with waiting as (
      select o.id, o.amount - o.deferred_amount - o.loss_amount as open, l.fen,
        coalesce(sum(o.amount - o.deferred_amount - o.loss_amount) over (
          partition by o.customer_id order by o.placed_at desc, o.id desc
          rows between unbounded preceding and 1 preceding), 0)::int8 as later
      from unnest(${lost.map(({ owner }) => owner)}::text[],
        ${lost.map(({ fen }) => `${fen}`)}::int8[]) as l(owner, fen)
      join fund.order o on o.customer_id = l.owner
      where o.kind = 'normal_redemption' and o.state = 'accepted' and o.dealing_day > ${date}
    )
    update fund.order o set loss_amount = o.loss_amount + least(w.open, w.fen - w.later),
      row_version = o.row_version + 1
    from waiting w where w.id = o.id and w.fen > w.later and w.open > 0
    returning o.id, least(w.open, w.fen - w.later) as cut`
  const sum = rows.reduce((total, { cut }) => total + cut, 0n)
  const wanted = lost.reduce((total, { fen }) => total + fen, 0n)
  invariant(sum === wanted, `redemptions after ${date} carry ${sum} of ${wanted} fen`)
  return rows.map(({ id }) => id)
}
