import { type Claim, type ClaimPayment } from '#guarantee'
import { fail, ok, type Result, sha256Hex } from '#kernel'
import { formatAmount } from '#money'
import { type Bank, type Insurer, isPassing } from '#partners'
import type { FlowContext, Problem } from './context.ts'

export type ClaimFunds = Pick<ClaimPayment, 'fromInsurer' | 'fromOperator' | 'remittance'>

interface Due {
  readonly claim: Claim
  readonly leg: ClaimPayment['leg']
  /** Fen. */
  readonly owed: bigint
}

/**
 * Gets the money of one leg of a claim into the reserve: from the insurer, and from our own cash
 * what he does not bear. Every step may be repeated; the bank's own word, not the insurer's, says
 * that the money is here. `waiting`: the insurer has not decided.
 * Errors: partner_not_configured, partner_unavailable, partner_refused.
 */
export async function collectClaimMoney(
  context: FlowContext,
  due: Due,
): Promise<Result<ClaimFunds | 'waiting', Problem>> {
  const { bank, insurer } = context.partners
  if (due.owed === 0n) return ok({ fromInsurer: 0n, fromOperator: 0n, remittance: 'nothing_owed' })
  if (bank === undefined) return fail({ code: 'partner_not_configured', param: 'bank' })
  const insured = await fromInsurer({ bank, insurer }, due)
  if (!insured.ok) return insured
  if (insured.value === 'waiting') return ok('waiting')
  const { paid, reference } = insured.value
  const short = due.owed - paid
  if (short < 0n) return fail({ code: 'partner_refused', detail: 'insurer_paid_too_much' })
  if (short > 0n) {
    const moved = await bank.move({
      reference: `${insurerClaimId(due)}:own`,
      from: 'operator',
      to: 'reserve',
      amount: short,
    })
    if (!moved.ok) return fail(partnerProblem(moved.error))
    if (moved.value.status !== 'settled') return fail({ code: 'partner_refused', param: 'bank' })
    const told = { claimId: due.claim.id, short: formatAmount(short) }
    context.log.warn(told, 'the insurer pays less than was accepted')
  }
  return ok({ fromInsurer: paid, fromOperator: short, remittance: reference })
}

/** The insurer knows each leg under an id of its own. */
function insurerClaimId({ claim, leg }: Due): string {
  return leg === 'principal' ? claim.id : `${claim.id}:income`
}

interface Insured {
  readonly paid: bigint
  readonly reference: string
}

async function fromInsurer(
  partners: { bank: Bank; insurer: Insurer | undefined },
  due: Due,
): Promise<Result<Insured | 'waiting', Problem>> {
  const { claim, owed: amount } = due
  const { bank, insurer } = partners
  const none = ok({ paid: 0n, reference: `${insurerClaimId(due)}:own` })
  if (claim.coverId === null) return none
  if (insurer === undefined) return fail({ code: 'partner_not_configured', param: 'insurer' })
  const claimId = insurerClaimId(due)
  const { coverId, lostOn } = claim
  const notice = { claimId, coverId, lostOn, amount, evidence: evidenceOf(due) }
  const notified = await insurer.notifyClaim(notice)
  if (!notified.ok) {
    // Not his loss: then it is ours, and the victim is paid all the same.
    if (notified.error === 'cover_not_in_force' || notified.error === 'cover_not_found') return none
    return fail(partnerProblem(notified.error))
  }
  const decided = await insurer.decision(claimId)
  if (!decided.ok) return fail(partnerProblem(decided.error))
  if (decided.value.status === 'pending') return ok('waiting')
  if (decided.value.status === 'declined') return none
  const remitted = await insurer.remit(claimId)
  if (!remitted.ok) return fail(partnerProblem(remitted.error))
  const arrived = await bank.find(remitted.value.bankReference)
  if (!arrived.ok) return fail(partnerProblem(arrived.error))
  const { status, to, amount: paid, reference } = arrived.value
  if (status !== 'settled' || to !== 'reserve') return ok('waiting')
  return ok({ paid, reference })
}

/** What never changes of a claim, so that a repeated notice is the same notice. */
function evidenceOf({ claim, leg }: Due): Record<string, string> {
  const facts = [claim.id, claim.reportId, claim.lostOn, leg, claim.checkedAt, claim.maker]
  return {
    report: claim.reportId,
    approvers: `${claim.maker ?? ''}, ${claim.checker ?? ''}`,
    summary: leg === 'principal' ? 'principal stolen' : 'fund income missed by the victim',
    sha256: sha256Hex(JSON.stringify([...facts, claim.evidence])),
  }
}

function partnerProblem(error: string): Problem {
  return isPassing(error)
    ? { code: 'partner_unavailable', detail: error }
    : { code: 'partner_refused', detail: error }
}
