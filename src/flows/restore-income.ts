import type { Command } from '#commit'
import { type FundDay, fundDaysBetween, missedIncome, orderById } from '#fund'
import { acceptIncome, type Claim, claimById, judgementKeys, noRebuy } from '#guarantee'
import { addDays, fail, type LocalDate, ok, type Result } from '#kernel'
import type { FlowContext, Problem } from './context.ts'
import { submit } from './submit.ts'

/** `waiting`: the units bought again do not earn yet, or a day's income is not published yet. */
export type RestoreIncomeAnswer =
  | { readonly status: 'known'; readonly claim: Claim }
  | { readonly status: 'waiting'; readonly until: LocalDate | null }

export type RestoreIncome = (claimId: string) => Promise<Result<RestoreIncomeAnswer, Problem>>

/**
 * Works out the income that a victim has missed, once the units bought again earn: over every lot
 * of units that had left the fund, from the day it stopped earning through the eve of earning
 * again, on the published income of those days. Then it is owed and due like the principal.
 * Errors: claim_not_found, claim_not_open.
 */
export function createRestoreIncome(context: FlowContext): RestoreIncome {
  return async (claimId) => {
    const present = await claimById(context.sql, claimId)
    if (present === undefined) return fail({ code: 'claim_not_found' })
    if (present.state !== 'paid') return fail({ code: 'claim_not_open' })
    const earnsFrom = await earningFrom(context, present)
    if (earnsFrom === null) return ok({ status: 'waiting', until: present.earnsFrom })
    const amount = await missedBy(context, present, earnsFrom)
    if (amount === null) return ok({ status: 'waiting', until: addDays(earnsFrom, 1) })
    const accepted = await submit(context, accept, {
      owner: 'system',
      id: `income:${claimId}`,
      input: { claimId, amount, earnsFrom },
    })
    if (!accepted.ok) return accepted
    return accepted.value.ok
      ? ok({ status: 'known', claim: accepted.value.value })
      : fail({ code: accepted.value.error })
  }
}

/**
 * First day on which the victim's units earn again; null while that lies ahead. Where nothing was
 * bought again (nothing had left the fund, or no cap left room) it is the day that was noted.
 */
async function earningFrom(context: FlowContext, present: Claim): Promise<LocalDate | null> {
  if (present.rebuyOrderId === noRebuy) return present.earnsFrom
  if (present.rebuyOrderId === null) return null
  const order = await orderById(context.sql, present.rebuyOrderId)
  return order?.state === 'confirmed' ? order.confirmationDay : null
}

/** Fen; null when a day's income is not there yet. */
async function missedBy(
  context: FlowContext,
  present: Claim,
  earnsFrom: LocalDate,
): Promise<bigint | null> {
  const to = addDays(earnsFrom, -1)
  const first = present.missed.reduce((least, { from }) => (from < least ? from : least), to)
  const days = withEarners(await fundDaysBetween(context.sql, { from: first, to }))
  let total = 0n
  for (const { units, from } of present.missed) {
    const answer = missedIncome({ units, from, to, days })
    if (!answer.ok) return null
    total += answer.value
  }
  return total
}

/** On a day on which nobody held units there was no income to miss. */
function withEarners(days: ReadonlyMap<LocalDate, FundDay>): ReadonlyMap<LocalDate, FundDay> {
  const nothing = { incomeFen: 0n, unitsTotal: 1n }
  return new Map([...days].map(([date, day]) => [date, day.unitsTotal > 0n ? day : nothing]))
}

interface KnownIncome {
  readonly claimId: string
  readonly amount: bigint
  readonly earnsFrom: LocalDate
}

const accept: Command<KnownIncome, ReturnType<typeof acceptIncome>> = {
  name: 'guarantee.accept_income',
  reads: ({ claimId }) => judgementKeys(claimId),
  apply(state, income, now) {
    const accepted = acceptIncome(state, income, now)
    if (accepted.ok) state.emit('claim.income_known', { claimId: income.claimId })
    return accepted
  },
}
