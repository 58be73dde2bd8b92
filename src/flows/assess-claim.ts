import type { Command } from '#commit'
import {
  type Claim,
  claimById,
  claimKey,
  coverOn,
  type Evidence,
  investigateClaim,
  missedUnits,
  recallsOfReport,
  reportById,
  rulePacks,
} from '#guarantee'
import { findCustomer } from '#identity'
import { fail, ok, type Result } from '#kernel'
import { formatAmount } from '#money'
import type { FlowContext, Problem } from './context.ts'
import { submit } from './submit.ts'

export type AssessClaim = (claimId: string) => Promise<Result<Claim, Problem>>

/**
 * Once the recalls have ended: gathers what the claims desk decides on and puts the claim before
 * it. `waiting` recalls leave it as it is. Errors: claim_not_found, claim_not_open.
 */
export function createAssessClaim(context: FlowContext): AssessClaim {
  return async (claimId) => {
    const present = await claimById(context.sql, claimId)
    if (present === undefined) return fail({ code: 'claim_not_found' })
    if (present.state !== 'notified') return fail({ code: 'claim_not_open' })
    const recalls = await recallsOfReport(context.sql, present.reportId)
    if (recalls.some(({ state }) => state === 'open')) return ok(present)
    const assessed = await submit(context, investigate, {
      owner: 'system',
      id: `assess:${claimId}`,
      content: { claimId },
      input: { claimId, evidence: await evidenceFor(context, present) },
    })
    if (!assessed.ok) return assessed
    return assessed.value.ok ? ok(assessed.value.value) : fail({ code: assessed.value.error })
  }
}

const investigate: Command<
  { claimId: string; evidence: readonly Evidence[] },
  ReturnType<typeof investigateClaim>
> = {
  name: 'guarantee.investigate_claim',
  reads: ({ claimId }) => [claimKey(claimId)],
  apply: investigateClaim,
}

/** The checklist: notice, cover, loss, recalls, and what is known of the victim's phone. */
async function evidenceFor(context: FlowContext, present: Claim): Promise<Evidence[]> {
  const { sql } = context
  const [report, recalls, victim, cover] = await Promise.all([
    reportById(sql, present.reportId),
    recallsOfReport(sql, present.reportId),
    findCustomer(sql, present.customerId),
    coverOn(sql, present.lostOn),
  ])
  const pack = rulePacks.get(present.pack)
  const found: Evidence[] = [
    {
      title: 'Notice',
      text:
        `${report?.paymentIds.length ?? 0} payments disputed, ` +
        `${formatAmount(report?.disputed ?? 0n)} in all, ` +
        `${formatAmount(report?.stopped ?? 0n)} stopped before they left`,
      at: present.openedAt,
    },
    {
      title: 'Rule pack',
      text: `${present.pack} ${present.packVersion}: refused only for ${pack?.lostWhen ?? '-'}`,
      at: null,
    },
    {
      title: 'Cover',
      text: cover === undefined ? 'none in force: our own loss' : `${cover.insurer}, ${cover.id}`,
      at: cover?.boundAt ?? null,
    },
  ]
  for (const recall of recalls) {
    found.push({
      title: 'Recall',
      text:
        `${recall.paymentId}: ${formatAmount(recall.secured)} of ${formatAmount(recall.wanted)} ` +
        `secured over ${recall.hops} hops`,
      at: recall.endedAt,
    })
  }
  const units = missedUnits(present)
  if (units > 0n) {
    const from = present.missed.map((lot) => lot.from).toSorted()[0] ?? ''
    const text = `${formatAmount(units)} units had left the fund, without income from ${from}`
    found.push({ title: 'Fund', text, at: null })
  }
  if (victim !== null) {
    const { lastResetAt, smsSignalAt, forwarding, simSwap } = victim
    found.push(
      { title: 'Password reset', text: lastResetAt === null ? 'never' : 'last', at: lastResetAt },
      {
        title: 'Phone number',
        text: `forwarding ${forwarding}, SIM change ${simSwap} when last asked`,
        at: smsSignalAt,
      },
    )
  }
  return found
}
