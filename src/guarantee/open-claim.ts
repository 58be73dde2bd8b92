import type { View } from '#commit'
import type { Instant, LocalDate } from '#kernel'
import { nextDue, startClock } from './claim-clock.ts'
import { claim, type Claim, claimStep, type MissedUnits } from './claim.ts'
import type { RulePack } from './rule-pack.ts'

export interface ClaimOpening {
  claimId: string
  reportId: string
  customerId: string
  coverId: string | null
  lostOn: LocalDate
  pack: RulePack
  /** Fen that had left. */
  principalLost: bigint
  /** Fen that the first hop of the recalls brought back at once. */
  recovered: bigint
  missed: readonly MissedUnits[]
}

/** Opens a claim in the report's own command: clocks run and the reserve is set from here. */
export function openClaim(state: View, opening: ClaimOpening, now: Instant): Claim {
  const { claimId: id, pack, principalLost, recovered } = opening
  const clocks = startClock([], { kind: 'review', due: now + pack.reviewMs }, now)
  const opened: Claim = {
    id,
    reportId: opening.reportId,
    customerId: opening.customerId,
    coverId: opening.coverId,
    lostOn: opening.lostOn,
    pack: pack.id,
    packVersion: pack.version,
    state: 'notified',
    principalLost,
    recovered,
    principalAccepted: 0n,
    principalPaid: 0n,
    missed: opening.missed,
    rebuyOrderId: null,
    rebought: 0n,
    earnsFrom: null,
    incomeMissed: null,
    incomePaid: 0n,
    paidByInsurer: 0n,
    paidByOperator: 0n,
    reserve: principalLost - recovered,
    clocks,
    nextDueAt: nextDue(clocks),
    evidence: [],
    decision: null,
    maker: null,
    makerReason: null,
    decidedAt: null,
    checker: null,
    checkerReason: null,
    checkedAt: null,
    openedAt: now,
    paidAt: null,
    closedAt: null,
  }
  state.put(claim, opened)
  state.append(claimStep, {
    claimId: id,
    fromState: null,
    toState: 'notified',
    reserve: opened.reserve,
    by: opening.customerId,
    note: `reported: ${opening.reportId}`,
    at: now,
  })
  return opened
}
