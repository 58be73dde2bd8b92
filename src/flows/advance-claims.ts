import type { Command } from '#commit'
import {
  type ClaimState,
  claimIdsIn,
  claimKey,
  markBreaches,
  overdueClaims,
  reportsWithOpenRecalls,
} from '#guarantee'
import { ok, type Result } from '#kernel'
import { type AssessClaim, createAssessClaim } from './assess-claim.ts'
import type { FlowContext, Problem } from './context.ts'
import { createRebuyUnits } from './rebuy-units.ts'
import { createRecallHops } from './recall-hop.ts'
import { createRestoreIncome } from './restore-income.ts'
import { createSettleClaim } from './settle-claim.ts'
import { submit } from './submit.ts'

/** How many claims took each step. */
export interface AdvancedClaims {
  readonly recalled: number
  readonly assessed: number
  readonly principalPaid: number
  readonly rebought: number
  readonly incomeKnown: number
  readonly closed: number
  readonly breached: number
}

export type AdvanceClaims = () => Promise<Result<AdvancedClaims, Problem>>

/**
 * Everything about claims that waits for no person, one round: recalls followed to their end,
 * claims put before the desk, the insurer's money fetched, units bought again, income restored,
 * broken promises marked. Whatever a partner refuses today is tried again in the next round.
 */
export function createAdvanceClaims(context: FlowContext): AdvanceClaims {
  const recallHops = createRecallHops(context)
  const assess: AssessClaim = createAssessClaim(context)
  const settle = createSettleClaim(context)
  const rebuy = createRebuyUnits(context)
  const restore = createRestoreIncome(context)

  /** Runs a step for every claim in a state; counts those for which it came to something. */
  async function each(
    state: ClaimState,
    step: (claimId: string) => Promise<boolean>,
  ): Promise<number> {
    let done = 0
    for (const id of await claimIdsIn(context.sql, [state])) if (await step(id)) done += 1
    return done
  }

  async function went(answer: Promise<Result<unknown, Problem>>, what: string): Promise<boolean> {
    const settled = await answer
    if (!settled.ok) context.log.warn({ what, problem: settled.error }, 'a claim waits')
    return settled.ok
  }

  async function paid(claimId: string): Promise<boolean> {
    const settled = await settle(claimId)
    if (!settled.ok)
      context.log.warn({ claimId, problem: settled.error }, 'a claim is not paid yet')
    return settled.ok && settled.value.status === 'paid'
  }

  async function known(claimId: string): Promise<boolean> {
    const restored = await restore(claimId)
    return restored.ok && restored.value.status === 'known'
  }

  return async () => {
    let recalled = 0
    for (const reportId of await reportsWithOpenRecalls(context.sql)) {
      if (await went(recallHops(reportId), 'recall')) recalled += 1
    }
    const assessed = await each('notified', (id) => went(assess(id), 'assess'))
    const principalPaid = await each('second_approval', paid)
    const rebought = await each('paid', (id) => went(rebuy(id), 'rebuy'))
    const incomeKnown = await each('paid', known)
    const closed = await each('recovering', async (id) => {
      const done = await paid(id)
      if (done) await went(rebuy(id), 'rebuy income')
      return done
    })
    const breached = await markOverdue(context)
    return ok({ recalled, assessed, principalPaid, rebought, incomeKnown, closed, breached })
  }
}

async function markOverdue(context: FlowContext): Promise<number> {
  const overdue = await overdueClaims(context.sql, context.now())
  for (const claimId of overdue) {
    const id = `breach:${claimId}:${context.now()}`
    await submit(context, breach, { owner: 'system', id, input: { claimId } })
    context.log.warn({ claimId }, 'a promise to a victim was not kept in time')
  }
  return overdue.length
}

const breach: Command<{ claimId: string }, ReturnType<typeof markBreaches>> = {
  name: 'guarantee.mark_breaches',
  reads: ({ claimId }) => [claimKey(claimId)],
  apply: (state, { claimId }, now) => markBreaches(state, claimId, now),
}
