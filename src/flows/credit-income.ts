import {
  chunkSize,
  creditIncome,
  declareIncome,
  fundDayOn,
  holderUnits,
  lateUnits,
  per10kBefore,
  publishedPer10k,
  sevenDayYieldOn,
  shareIncome,
  sharesOf,
  type FundDayRecord,
  type HolderIncome,
  type HolderUnits,
} from '#fund'
import { addDays, fail, invariant, ok, startOfLocalDay, type LocalDate, type Result } from '#kernel'
import { earningUnitsAt } from '#ledger'
import type { Problem } from './context.ts'
import { askFundManager, type FundStepContext } from './fund-step.ts'
import { submit } from './submit.ts'

export interface CreditedDay {
  readonly date: LocalDate
  /** Fen, as the fund manager declared it and as credited. */
  readonly incomeFen: bigint
}

/**
 * Credits a calendar day's income to everybody whose units earned at its end, to the fen: declared
 * by the fund manager, shared out, credited chunk by chunk. May be repeated: it goes on where it
 * stopped. Errors: partner_not_configured, partner_unavailable (the manager is silent or has not
 * declared yet), no_earning_units, and those of `submit`.
 */
export function createCreditIncome(
  context: FundStepContext,
): (date: LocalDate) => Promise<Result<CreditedDay, Problem>> {
  return async (date) => {
    const dayEnd = startOfLocalDay(addDays(date, 1))
    invariant(context.now() >= dayEnd, `day ${date} is over`)
    const declared = await declare(date)
    if (!declared.ok) return declared
    const { incomeFen } = declared.value
    if (declared.value.state === 'credited') return ok({ date, incomeFen })
    // The declaring command is past the day's end, so nothing of that day can still be written.
    const register = await earningUnitsAt(context.sql, dayEnd)
    const late = await lateUnits(context.sql, { date, dayEnd })
    const holders = holderUnits(register, late)
    const shares = incomeFen === 0n ? ok([]) : sharesOf(incomeFen, holders)
    if (!shares.ok) return fail({ code: shares.error, detail: date })
    const shared = await share(date, { incomeFen, holders, shares: shares.value })
    if (!shared.ok) return shared
    const credited = await credit(date, shares.value)
    return credited.ok ? ok({ date, incomeFen }) : credited
  }

  async function declare(
    date: LocalDate,
  ): Promise<Result<Pick<FundDayRecord, 'state' | 'incomeFen'>, Problem>> {
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

  async function share(
    date: LocalDate,
    of: {
      incomeFen: bigint
      holders: readonly HolderUnits[]
      shares: readonly HolderIncome[]
    },
  ): Promise<Result<FundDayRecord, Problem>> {
    const units = of.holders.reduce((sum, holder) => sum + holder.units, 0n)
    const per10k = publishedPer10k(of.incomeFen, units)
    const figures = new Map(await per10kBefore(context.sql, date))
    if (per10k !== null) figures.set(date, per10k)
    const shared = await submit(context, shareIncome, {
      owner: 'fund',
      id: `share:${date}`,
      input: {
        date,
        units,
        holders: of.holders.length,
        yield7d: sevenDayYieldOn(date, figures),
        shares: of.shares.length,
        first: of.shares.slice(0, chunkSize),
      },
    })
    if (!shared.ok) return shared
    const { managerUnits } = shared.value
    if (managerUnits !== units) {
      const fields = { date, ours: units.toString(), theirs: managerUnits.toString() }
      context.log.warn(fields, 'the fund manager counts other units than we do')
    }
    return shared
  }

  async function credit(
    date: LocalDate,
    shares: readonly HolderIncome[],
  ): Promise<Result<void, Problem>> {
    // The first chunk was credited with the sharing.
    for (let chunk = 1; chunk * chunkSize < shares.length; chunk += 1) {
      const part = shares.slice(chunk * chunkSize, (chunk + 1) * chunkSize)
      const done = await submit(context, creditIncome, {
        owner: 'fund',
        id: `income:${date}:${chunk}`,
        input: { date, chunk, shares: part },
      })
      if (!done.ok) return done
    }
    return ok(undefined)
  }
}
