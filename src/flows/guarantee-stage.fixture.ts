import type { Command } from '#commit'
import { claimById, verifyEndings, verifyWholeness } from '#guarantee'
import { verifyReviews } from '#cases'
import { openAccount, accountKey, accountId } from '#ledger'
import { builtInPolicies, publishPolicy } from '#risk'
import type { Actor, FlowContext, OperatorActor } from './context.ts'
import { createAdvanceClaims } from './advance-claims.ts'
import { createApproveClaim } from './approve-claim.ts'
import { createBindCover } from './bind-cover.ts'
import { createDecideReview } from './decide-review.ts'
import { createPay } from './pay.ts'
import { createReportTheft } from './report-theft.ts'
import { createFundStage, valueOf } from './fund-stage.fixture.ts'
import type { createIdentityStage } from './identity-stage.fixture.ts'

type StageDatabase = Parameters<typeof createIdentityStage>[0]

export const maria: OperatorActor = { operatorId: 'opr_maria', roles: ['claims'] }
export const ben: OperatorActor = { operatorId: 'opr_ben', roles: ['supervisor'] }
export const ana: OperatorActor = { operatorId: 'opr_ana', roles: ['analyst'] }

const openPayable: Command<{ merchant: string }, null> = {
  name: 'test.open_payable',
  reads: ({ merchant }) => [accountKey(accountId('2070', merchant))],
  apply(state, { merchant }, now) {
    openAccount(state, { code: '2070', owner: merchant }, now)
    return null
  },
}

/** The fund's stage with an insurer, a cover for 2026 and the operator's own cash. */
export async function createGuaranteeStage(given: StageDatabase) {
  const stage = await createFundStage(given)
  const { insurer, bank } = stage.simulators
  const context: FlowContext = {
    ...stage.context,
    partners: { ...stage.context.partners, insurer },
  }
  const capital = 1_000_000_00n
  await stage.post([{ debit: '1410', credit: '3010', amount: capital }])
  valueOfBank(
    await bank.move({ reference: 'capital', from: 'outside', to: 'operator', amount: capital }),
  )
  const bindCover = createBindCover(context)
  const terms = {
    reference: 'cov_2026',
    insurer: 'Ping Insurance',
    startsOn: '2026-01-01',
    endsOn: '2026-12-31',
    perEventLimit: 1_000_000_00n,
    aggregateLimit: 10_000_000_00n,
    deductible: 0n,
    premiumPerMillion: 3_333_333n,
  }
  valueOf(await bindCover(terms))
  const { ids, sql } = context
  const requestId = () => ids.next('req')
  const advanceClaims = createAdvanceClaims(context)
  return {
    ...stage,
    context,
    bindCover: () => bindCover(terms),
    advanceClaims: async () => valueOf(await advanceClaims()),
    pay: async (actor: Actor, payee: Actor, amount: bigint) =>
      valueOf(
        await createPay(context)(await stage.again(actor), {
          requestId: requestId(),
          payee: payee.customerId,
          amount,
          source: 'wallet',
          memo: null,
        }),
      ).payment,
    report: async (actor: Actor, paymentIds: readonly string[], id = requestId()) =>
      createReportTheft(context)(await stage.again(actor), { requestId: id, paymentIds }),
    judge: (
      operator: OperatorActor,
      claimId: string,
      decision: 'approve' | 'decline' = 'approve',
    ) =>
      createApproveClaim(context)(operator, {
        requestId: requestId(),
        claimId,
        decision,
        reason: 'looked at it',
      }),
    review: (operator: OperatorActor, reviewId: string, decision: 'release' | 'void') =>
      createDecideReview(context)(operator, {
        requestId: requestId(),
        reviewId,
        decision,
        label: decision === 'void' ? 'confirmed_theft' : 'false_alarm',
        reason: 'called the customer',
      }),
    /** From now on every payment waits for an analyst (or again none does). */
    async holdAll(on: boolean) {
      const none = builtInPolicies.none
      const outcomeFrom = { ...none.outcomeFrom, hold: on ? 0 : 101 }
      const document = { ...none, outcomeFrom }
      await stage.run(publishPolicy, { document, by: 'test' })
    },
    openPayable: (merchant: string) => stage.run(openPayable, { merchant }),
    claim: async (id: string | null) => {
      const found = await claimById(sql, id ?? '')
      if (found === undefined) throw new Error(`no claim ${id}`)
      return found
    },
    /** I9 and I11 with nothing broken; answers how many records were looked at. */
    async proveWhole() {
      const parts = [await verifyEndings(sql), await verifyWholeness(sql), await verifyReviews(sql)]
      const broken = parts.flatMap((part) => part.broken)
      if (broken.length > 0) throw new Error(`I9 or I11 broken: ${broken.join(', ')}`)
      return parts.reduce((sum, { checked }) => sum + checked, 0)
    },
  }
}

export type GuaranteeStage = Awaited<ReturnType<typeof createGuaranteeStage>>

function valueOfBank<T>(result: { ok: true; value: T } | { ok: false; error: string }): T {
  if (!result.ok) throw new Error(`bank: ${result.error}`)
  return result.value
}
