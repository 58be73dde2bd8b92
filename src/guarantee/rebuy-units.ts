import type { View } from '#commit'
import { fail, type Instant, ok, type LocalDate, type Result } from '#kernel'
import { claim, type Claim, moveClaim } from './claim.ts'
import { owe } from './decide-claim.ts'

/** Units that stopped earning, all lots together. */
export function missedUnits(present: Claim): bigint {
  return present.missed.reduce((sum, { units }) => sum + units, 0n)
}

/** Instead of an order: nothing had left the fund, or nothing could be bought. */
export const noRebuy = 'none'

/**
 * Notes the order that buys the units again, in the command that places it. `replaces`: the order
 * noted before, when the fund rejected it.
 * Errors: claim_not_found, claim_not_open (not paid yet, or ordered before).
 */
export function noteRebuy(
  state: View,
  rebuy: {
    claimId: string
    orderId: string
    replaces: string | null
    amount: bigint
    earnsFrom: LocalDate
  },
): Result<Claim, 'claim_not_found' | 'claim_not_open'> {
  const present = state.get(claim, rebuy.claimId)
  if (present === undefined) return fail('claim_not_found')
  if (present.state !== 'paid' || present.rebuyOrderId !== rebuy.replaces) {
    return fail('claim_not_open')
  }
  const { orderId: rebuyOrderId, amount: rebought, earnsFrom } = rebuy
  const after: Claim = { ...present, rebuyOrderId, rebought, earnsFrom }
  state.put(claim, after)
  return ok(after)
}

/**
 * The units earn again: the income missed until then is known, owed to the victim and due from the
 * insurer, under the approval that the claim has. `earnsFrom` may differ from the order's promise
 * when confirmation was late.
 * Errors: claim_not_found, claim_not_open.
 */
export function acceptIncome(
  state: View,
  income: { claimId: string; amount: bigint; earnsFrom: LocalDate },
  now: Instant,
): Result<Claim, 'claim_not_found' | 'claim_not_open'> {
  const present = state.get(claim, income.claimId)
  if (present === undefined) return fail('claim_not_found')
  if (present.state !== 'paid') return fail('claim_not_open')
  const { claimId, amount, earnsFrom } = income
  if (amount > 0n) owe(state, { claimId, amount, kind: 'accept_income' }, now)
  const after: Claim = { ...present, incomeMissed: amount, earnsFrom, reserve: amount }
  return ok(
    moveClaim(
      state,
      { to: 'recovering', claim: after, by: 'system', note: 'income missed is known' },
      now,
    ),
  )
}
