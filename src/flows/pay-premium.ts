import type { Command } from '#commit'
import {
  accruePremium,
  coverOn,
  paidMonths,
  payPremium,
  type Premium,
  premiumIdOf,
  premiumKeys,
  premiumOf,
} from '#guarantee'
import { countCustomers } from '#identity'
import { addDays, daysBetween, fail, type LocalDate, localDateOf, ok, type Result } from '#kernel'
import { isPassing } from '#partners'
import type { FlowContext, Problem } from './context.ts'
import { submit } from './submit.ts'

/** null: nothing is due (no cover, or the month was paid before). */
export type PayPremium = (month: string) => Promise<Result<Premium | null, Problem>>

/**
 * Pays one month's premium once it is over: accounts at the time of payment x the cover's rate,
 * owed first, then moved at the bank from our own cash. Repeatable.
 * Errors: partner_not_configured, partner_unavailable, partner_refused.
 */
export function createPayPremium(context: FlowContext): PayPremium {
  return async (month) => {
    const { bank, insurer } = context.partners
    if (bank === undefined) return fail({ code: 'partner_not_configured', param: 'bank' })
    if (insurer === undefined) return fail({ code: 'partner_not_configured', param: 'insurer' })
    const days = monthDays(month)
    if (localDateOf(context.now()) <= days.last) return ok(null)
    const cover = await coverOn(context.sql, days.last)
    if (cover === undefined) return ok(null)
    if ((await paidMonths(context.sql, cover.id)).includes(month)) return ok(null)
    const { premiumPerMillion, id: coverId } = cover
    const daysInMonth = BigInt(daysBetween(days.first, days.last) + 1)
    const { customers } = await countCustomers(context.sql, context.now())
    const accountDays = BigInt(customers) * daysInMonth
    const owed = premiumOf({ accountDays, daysInMonth, premiumPerMillion })
    const accrued = await submit(context, accrue, {
      owner: 'system',
      id: `premium:${premiumIdOf(coverId, month)}`,
      content: { coverId, month },
      input: { coverId, month, ...owed },
    })
    if (!accrued.ok) return accrued
    const { id, amount, accounts } = accrued.value
    const notice = { reference: id, coverId, month, accounts: Number(accounts), amount }
    if (amount > 0n) {
      const noticed = await insurer.noticePremium(notice)
      if (!noticed.ok) return refused(noticed.error)
      const reference = `premium:${id}`
      const moved = await bank.move({ reference, from: 'operator', to: 'insurer', amount })
      if (!moved.ok) return refused(moved.error)
      if (moved.value.status !== 'settled') return refused('bank_refused')
    }
    const paid = await submit(context, settle, {
      owner: 'system',
      id: `premium_paid:${id}`,
      input: { id, coverId, month },
    })
    if (!paid.ok) return paid
    return paid.value.ok
      ? ok(paid.value.value)
      : fail({ code: 'partner_refused', detail: paid.value.error })
  }
}

function refused(error: string): Result<never, Problem> {
  const code = isPassing(error) ? 'partner_unavailable' : 'partner_refused'
  return fail({ code, detail: error })
}

/** First and last day of 'YYYY-MM'. */
function monthDays(month: string): { first: LocalDate; last: LocalDate } {
  const first = `${month}-01`
  const inNext = addDays(first, 31)
  return { first, last: addDays(`${inNext.slice(0, 7)}-01`, -1) }
}

const accrue: Command<
  { coverId: string; month: string; accounts: bigint; amount: bigint },
  Premium
> = {
  name: 'guarantee.accrue_premium',
  reads: ({ coverId, month }) => premiumKeys(coverId, month),
  apply: accruePremium,
}

const settle: Command<
  { id: string; coverId: string; month: string },
  ReturnType<typeof payPremium>
> = {
  name: 'guarantee.pay_premium',
  reads: ({ coverId, month }) => premiumKeys(coverId, month),
  apply: (state, { id }, now) => payPremium(state, id, now),
}
