import { isUnavailable, type Sql } from '#database'
import {
  beginIncome,
  declareIncome,
  finishIncome,
  fundDayOn,
  incomeStep,
  lateUnits,
  leavingUnits,
  per10kBefore,
  publishedPer10k,
  sevenDayYieldOn,
  shareDayIncome,
  incomeTurn,
  type FundDayRecord,
} from '#fund'
import {
  addDays,
  fail,
  invariant,
  ok,
  startOfLocalDay,
  stopwatch,
  type LocalDate,
  type Result,
} from '#kernel'
import { sharePages, type ShareOut } from '#ledger'
import type { Problem } from './context.ts'
import { askFundManager, type FundStepContext } from './fund-step.ts'
import { submit } from './submit.ts'

export interface CreditedDay {
  readonly date: LocalDate
  /** Fen, as the fund manager declared it and as credited. */
  readonly incomeFen: bigint
}

type Day = Pick<FundDayRecord, 'state' | 'incomeFen' | 'managerUnits' | 'chunksDone'>

/** No payment waits longer than about this for a chunk. */
const chunkMs = 20
const firstPages = 4

/** Whoever comes next goes on. */
const stopped = fail<Problem>({ code: 'unavailable' })

/**
 * Credits a calendar day's income to everybody whose units earned at its end, to the fen: declared
 * by the fund manager, shared out, credited chunk by chunk between the batches of the lane. May be
 * repeated, also by several servers: it goes on where it stopped. Errors: partner_not_configured,
 * partner_unavailable (the manager is silent or has not declared yet), no_earning_units, and those
 * of `submit`.
 */
export function createCreditIncome(
  context: FundStepContext,
): (date: LocalDate) => Promise<Result<CreditedDay, Problem>> {
  return async (date) => {
    invariant(context.now() >= startOfLocalDay(addDays(date, 1)), `day ${date} is over`)
    const declared = await declare(date)
    if (!declared.ok) return declared
    const { state, incomeFen } = declared.value
    if (state === 'credited') return ok({ date, incomeFen })
    const sql = context.bulkConnection()
    try {
      const credited = await share(date, sql)
      return credited.ok ? ok({ date, incomeFen }) : credited
    } catch (error) {
      if (isUnavailable(error)) return fail({ code: 'unavailable' })
      throw error
    } finally {
      await sql.end({ timeout: 5 })
    }
  }

  async function declare(date: LocalDate): Promise<Result<Day, Problem>> {
    const present = await fundDayOn(context.sql, date)
    if (present !== null) return ok(present)
    const answer = await askFundManager(context, (fundManager) => fundManager.dayIncome(date))
    if (!answer.ok) return answer
    const { income: incomeFen, units: managerUnits } = answer.value
    return submit(context, declareIncome, {
      owner: 'fund',
      id: `declare:${date}`,
      input: { date, incomeFen, managerUnits },
    })
  }

  async function share(date: LocalDate, sql: Sql): Promise<Result<void, Problem>> {
    const turn = await incomeTurn(sql, context.stopping)
    if (!turn) return stopped
    const day = await fundDayOn(sql, date)
    invariant(day !== null, `day ${date} is declared`)
    if (day.state === 'credited') return ok(undefined)
    // The declaring command is past the day's end, so nothing of that day can still be written.
    const dayEnd = startOfLocalDay(addDays(date, 1))
    const late = await lateUnits(sql, { date, dayEnd })
    const leaving = day.incomeFen < 0n ? await leavingUnits(sql, date) : []
    const shared = await shareDayIncome(sql, { ...day, date, dayEnd }, { late, leaving })
    if (!shared.ok) return fail({ code: shared.error, detail: date })
    const begun = await begin(date, { day, shared: shared.value })
    if (!begun.ok) return begun
    if (begun.value.state === 'credited') return ok(undefined)
    if (!(await credit(date, { sql, day, shared: shared.value }))) return stopped
    const id = `finish-income:${date}`
    const finished = await submit(context, finishIncome, { owner: 'fund', id, input: { date } })
    return finished.ok ? ok(undefined) : finished
  }

  async function begin(
    date: LocalDate,
    { day, shared }: { day: Day; shared: ShareOut },
  ): Promise<Result<Pick<FundDayRecord, 'state'>, Problem>> {
    if (day.state !== 'declared') return ok(day)
    const { units, holders } = shared
    if (day.managerUnits !== units) {
      const fields = { date, ours: units.toString(), theirs: day.managerUnits.toString() }
      context.log.warn(fields, 'the fund manager counts other units than we do')
    }
    const per10k = publishedPer10k(day.incomeFen, units)
    const figures = new Map(await per10kBefore(context.sql, date))
    if (per10k !== null) figures.set(date, per10k)
    return submit(context, beginIncome, {
      owner: 'fund',
      id: `begin-income:${date}`,
      input: { date, units, holders, yield7d: sevenDayYieldOn(date, figures) },
    })
  }

  /** As many pages at a time as take about `chunkMs`. False: the server stops, the rest waits. */
  async function credit(
    date: LocalDate,
    { sql, day, shared }: { sql: Sql; day: Day; shared: ShareOut },
  ): Promise<boolean> {
    const end = await sharePages(sql)
    let chunk = day.chunksDone
    let pages = firstPages
    for (let from = 0; from < end;) {
      if (context.stopping?.aborted === true) return false
      const to = Math.min(from + pages, end)
      const wish = { date, rule: shared.rule, loss: day.incomeFen < 0n, chunk, pages: { from, to } }
      const { holders } = await context.lane.bulk(sql, async (turn) => {
        const started = stopwatch()
        const done = await incomeStep(wish)(turn)
        const ms = started()
        const fitting = ((to - from) * chunkMs) / Math.max(ms, 1)
        pages = Math.max(1, Math.min(Math.round(fitting), pages * 2))
        return done
      })
      if (holders > 0) chunk += 1
      from = to
    }
    return true
  }
}
