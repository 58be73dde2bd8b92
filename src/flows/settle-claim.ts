import type { Command } from '#commit'
import { type Claim, claimById, claimPaymentKeys, owedOn, payClaim } from '#guarantee'
import type { ClaimPayment, ClaimPaymentError } from '#guarantee'
import { fail, ok, type Result } from '#kernel'
import { formatAmount } from '#money'
import { cleanChannels, notify } from '#notifications'
import { collectClaimMoney } from './collect-claim-money.ts'
import type { FlowContext, Problem } from './context.ts'
import { submit } from './submit.ts'

/** `waiting`: the insurer has not decided or his money has not arrived. */
export type SettleClaimAnswer = { readonly status: 'paid' | 'waiting'; readonly claim: Claim }

export type SettleClaim = (claimId: string) => Promise<Result<SettleClaimAnswer, Problem>>

/**
 * Fetches the money that an accepted claim waits for (the principal, later the income missed) and
 * pays the victim out of it. The insurer's bank reference names the command: however often he or
 * the job repeats, it is booked once.
 * Errors: claim_not_found, claim_not_open, partner_not_configured, partner_unavailable,
 * partner_refused.
 */
export function createSettleClaim(context: FlowContext): SettleClaim {
  return async (claimId) => {
    const present = await claimById(context.sql, claimId)
    if (present === undefined) return fail({ code: 'claim_not_found', param: 'id' })
    const leg = present.state === 'second_approval' ? 'principal' : 'income'
    const owed = owedOn(present, leg)
    if (owed === undefined) return fail({ code: 'claim_not_open' })
    const funds = await collectClaimMoney(context, { claim: present, leg, owed })
    if (!funds.ok) return funds
    if (funds.value === 'waiting') return ok({ status: 'waiting', claim: present })
    const { customerId } = present
    const paid = await submit(context, insurerPaid, {
      owner: 'insurer',
      id: `${claimId}:${leg}`,
      input: { claimId, customerId, leg, ...funds.value },
    })
    if (!paid.ok) return paid
    if (paid.value.ok) return ok({ status: 'paid', claim: paid.value.value })
    const { error } = paid.value
    return fail(
      error === 'amount_differs' ? { code: 'partner_refused', detail: error } : { code: error },
    )
  }
}

type Paying = ClaimPayment & { readonly customerId: string }

/** Money for a claim is in the reserve: book it and pay the victim, once. */
export const insurerPaid: Command<Paying, Result<Claim, ClaimPaymentError>> = {
  name: 'guarantee.insurer_paid',
  reads: ({ claimId, customerId }) => claimPaymentKeys(claimId, customerId),
  apply(state, paying, now) {
    const { customerId, ...payment } = paying
    const paid = payClaim(state, payment, now)
    if (!paid.ok) return paid
    const { principalPaid, incomePaid, state: reached } = paid.value
    if (reached === 'closed') {
      const params = { amount: formatAmount(principalPaid + incomePaid) }
      notify(state, { customerId, channels: cleanChannels, template: 'claim_paid', params }, now)
    }
    state.emit('claim.paid', { claimId: payment.claimId, leg: payment.leg })
    return paid
  },
}
