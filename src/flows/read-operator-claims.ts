import { claimById, claimsForDesk, type Claim } from '#guarantee'
import { findOperators } from '#identity'
import { fail, ok, type Instant, type Result } from '#kernel'
import type { FlowContext, OperatorActor, Problem } from './context.ts'
import { mayAct } from './operator-roles.ts'
import { readParties, type Party } from './read-parties.ts'
import { pageOfList } from './read-reports.ts'

export interface ApprovalView {
  readonly operatorId: string
  readonly operatorName: string
  readonly decision: 'approve' | 'decline'
  readonly reason: string
  readonly at: Instant
  readonly order: 'first' | 'second'
}

/** What the claims desk sees of a claim. */
export interface OperatorClaimView {
  readonly claim: Claim
  readonly customer: Party
  readonly approvals: readonly ApprovalView[]
  readonly nextStep: 'first_approval' | 'second_approval' | 'insurer' | 'none'
  /** This operator may take the next step. */
  readonly mayDecide: boolean
}

type Show = (operator: OperatorActor, claims: readonly Claim[]) => Promise<OperatorClaimView[]>

export function createShowClaims(context: Pick<FlowContext, 'sql'>): Show {
  return async (operator, claims) => {
    const staff = claims.flatMap(({ maker, checker }) => [maker, checker])
    const [partyOf, operators] = await Promise.all([
      readParties(
        context,
        claims.map(({ customerId }) => customerId),
        'staff',
      ),
      findOperators(
        context.sql,
        staff.filter((id) => id !== null),
      ),
    ])
    const names = new Map(operators.map(({ id, name }) => [id, name]))
    return claims.map((claim) => {
      const nextStep = stepOf(claim)
      const awaited = nextStep === 'first_approval' || nextStep === 'second_approval'
      const second = nextStep === 'second_approval' && claim.maker === operator.operatorId
      return {
        claim,
        customer: partyOf(claim.customerId),
        approvals: approvalsOf(claim, names),
        nextStep,
        mayDecide: awaited && !second && mayAct(operator, 'approveClaim').ok,
      }
    })
  }
}

/** Claims, those with the nearest clock first. Errors: cursor_unknown. */
export function createReadOperatorClaims(context: Pick<FlowContext, 'sql'>) {
  const show = createShowClaims(context)
  return async (
    operator: OperatorActor,
    page: { state: 'open' | 'closed' | 'all'; limit: number; after?: string },
  ): Promise<Result<OperatorClaimView[], Problem>> => {
    const { state, ...rest } = page
    const desk = await claimsForDesk(context.sql, 1_000)
    const wanted = desk.filter(
      ({ closedAt }) => state === 'all' || (state === 'open') === (closedAt === null),
    )
    const listed = pageOfList(wanted, rest)
    return listed.ok ? ok(await show(operator, listed.value)) : listed
  }
}

/** Errors: claim_not_found. */
export function createReadOperatorClaim(context: Pick<FlowContext, 'sql'>) {
  const show = createShowClaims(context)
  return async (
    operator: OperatorActor,
    id: string,
  ): Promise<Result<OperatorClaimView, Problem>> => {
    const claim = await claimById(context.sql, id)
    const [view] = claim === undefined ? [] : await show(operator, [claim])
    return view === undefined ? fail({ code: 'claim_not_found', param: 'id' }) : ok(view)
  }
}

function stepOf({ state }: Claim): OperatorClaimView['nextStep'] {
  switch (state) {
    case 'investigating':
      return 'first_approval'
    case 'decided':
      return 'second_approval'
    case 'second_approval':
    case 'paid':
    case 'recovering':
      return 'insurer'
    case 'notified':
    case 'closed':
    case 'declined':
      return 'none'
  }
}

function approvalsOf(claim: Claim, names: ReadonlyMap<string, string>): ApprovalView[] {
  const { decision, maker, makerReason, decidedAt, checker, checkerReason, checkedAt } = claim
  const approvals: ApprovalView[] = []
  const add = (
    order: ApprovalView['order'],
    who: string | null,
    said: [string | null, Instant | null],
  ) => {
    const [reason, at] = said
    if (who === null || at === null || decision === null) return
    const operatorName = names.get(who) ?? who
    approvals.push({ operatorId: who, operatorName, decision, reason: reason ?? '', at, order })
  }
  add('first', maker, [makerReason, decidedAt])
  add('second', checker, [checkerReason, checkedAt])
  return approvals
}
