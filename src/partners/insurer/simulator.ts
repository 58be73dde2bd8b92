import type { Sql } from '#database'
import { type Clock, fail, type Instant, ok, required, type Result } from '#kernel'
import type { SimulatedLedger } from '../bank/simulated-ledger.ts'
import type { Faults } from '../faults.ts'
import type { ClaimDecision, Insurer, InsurerError, InsurerTotals, Remittance } from './port.ts'
import { insurerSentinelOf } from './sentinels.ts'
import { createSimulatedClaims } from './simulated-claims.ts'
import { createSimulatedCovers } from './simulated-covers.ts'

export interface InsurerSimulatorOptions {
  readonly sql: Sql
  readonly clock: Clock
  readonly faults: Faults
  /** From notice to decision, on the injected clock. */
  readonly decisionDelayMs: number
  /** Where the insurer pays: `insurer` to `reserve`. */
  readonly bank: Pick<SimulatedLedger, 'post'>
}

/** A working insurer: it decides by its cover, and pays what it approved. */
export type InsurerSimulator = Insurer

export function createInsurerSimulator(options: InsurerSimulatorOptions): InsurerSimulator {
  const { sql, clock, faults, decisionDelayMs, bank } = options
  const covers = createSimulatedCovers(options)
  const claims = createSimulatedClaims(options)

  /** Unless the insurer is out of order. */
  async function ask<T>(
    work: () => Promise<Result<T, InsurerError>>,
  ): Promise<Result<T, InsurerError>> {
    const failure = faults.of('insurer')
    return failure === undefined ? work() : fail(failure)
  }

  async function remit(claimId: string): Promise<Result<Remittance, InsurerError>> {
    const claim = await claims.find(claimId)
    if (claim === undefined) return fail('claim_not_found')
    if (claim.verdict !== 'approved' || !isDecided(claim.notified_at)) {
      return fail('claim_not_approved')
    }
    const { approved: amount } = claim
    const reference = `remittance:${claimId}`
    if (amount > 0n) {
      const order = { reference, kind: 'remittance' as const, from: 'insurer', to: 'reserve' }
      const paid = await bank.post({ ...order, amount })
      if (!paid.ok) return fail(insurerErrorOf(paid.error))
    }
    const at = await claims.markPaid(claimId)
    return ok({ claimId, amount, bankReference: reference, at })
  }

  function isDecided(notifiedAt: Instant): boolean {
    return clock.now() >= notifiedAt + decisionDelayMs
  }

  return {
    bindCover: (terms) => ask(() => covers.bind(terms)),
    noticePremium: (notice) => ask(() => covers.noticePremium(notice)),
    notifyClaim: (notice) =>
      ask(async () =>
        insurerSentinelOf(notice.amount) === 'unavailable'
          ? fail('unavailable')
          : claims.notify(notice),
      ),
    decision: (claimId) =>
      ask<ClaimDecision>(async () => {
        const claim = await claims.find(claimId)
        if (claim === undefined) return fail('claim_not_found')
        if (claim.verdict === 'undecided' || !isDecided(claim.notified_at)) {
          return ok({ status: 'pending', claimId })
        }
        return claim.verdict === 'approved'
          ? ok({ status: 'approved', claimId, amount: claim.approved })
          : ok({ status: 'declined', claimId, reason: claim.reason ?? 'not_covered' })
      }),
    remit: (claimId) => ask(() => remit(claimId)),
    totals: () => ask(async () => ok(await readTotals(sql))),
  }
}

async function readTotals(sql: Sql): Promise<InsurerTotals> {
  const [row] = await sql<InsurerTotals[]>`
    select count(*)::int4 as "claimsNotified", coalesce(sum(amount), 0)::int8 as notified,
      coalesce(sum(approved), 0)::int8 as approved,
      coalesce(sum(approved) filter (where paid_at is not null), 0)::int8 as paid,
      (select coalesce(sum(amount), 0)::int8 from partners.insurer_premium) as premium
    from partners.insurer_claim`
  return required(row, 'totals')
}

/** Whatever else the bank says, the claim stays unpaid and the call may be repeated. */
function insurerErrorOf(error: string): InsurerError {
  return error === 'insufficient_funds' ? 'insufficient_funds' : 'unavailable'
}
