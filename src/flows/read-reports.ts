import {
  claimOfReport,
  claimsOfCustomer,
  recallsOfReport,
  reportById,
  type Claim,
  type Recall,
  type TheftReport,
} from '#guarantee'
import { fail, ok, type Result } from '#kernel'
import { paymentsByIds, type Payment } from '#wallet'
import type { Actor, FlowContext, Problem } from './context.ts'
import { readParties, type Party } from './read-parties.ts'

/** How far a report has come, all of it read at one moment. */
export interface ReportView {
  readonly report: TheftReport
  readonly payments: readonly {
    readonly payment: Payment
    readonly payee: Party
    readonly recall: Recall | null
  }[]
  readonly recalls: readonly Recall[]
  readonly claim: Claim | null
}

/** A report of this customer's. Errors: report_not_found. */
export function createReadReport(context: Pick<FlowContext, 'sql'>) {
  return async (
    { customerId }: Pick<Actor, 'customerId'>,
    id: string,
  ): Promise<Result<ReportView, Problem>> => {
    const { sql } = context
    const report = await reportById(sql, id)
    if (report?.customerId !== customerId) return fail({ code: 'report_not_found', param: 'id' })
    const [payments, recalls, claim] = await Promise.all([
      paymentsByIds(sql, report.paymentIds),
      recallsOfReport(sql, id),
      claimOfReport(sql, id),
    ])
    const partyOf = await readParties(
      context,
      payments.map(({ payee }) => payee),
      { customerId },
    )
    const shown = payments
      .toSorted((a, b) => a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1))
      .map((payment) => ({
        payment,
        payee: partyOf(payment.payee),
        recall: recalls.find(({ paymentId }) => paymentId === payment.id) ?? null,
      }))
    return ok({ report, payments: shown, recalls, claim: claim ?? null })
  }
}

/** Claims of this customer, newest first. Errors: cursor_unknown. */
export function createReadClaims(context: Pick<FlowContext, 'sql'>) {
  return async (
    { customerId }: Pick<Actor, 'customerId'>,
    page: { limit: number; after?: string },
  ): Promise<Result<Claim[], Problem>> => {
    const all = await claimsOfCustomer(context.sql, customerId)
    return pageOfList(all, page)
  }
}

/** A page of a short list that is read whole. Errors: cursor_unknown. */
export function pageOfList<Item extends { id: string }>(
  all: readonly Item[],
  { limit, after }: { limit: number; after?: string },
): Result<Item[], Problem> {
  const last = after === undefined ? -1 : all.findIndex(({ id }) => id === after)
  if (after !== undefined && last === -1) {
    return fail({ code: 'cursor_unknown', param: 'starting_after' })
  }
  return ok(all.slice(last + 1, last + 1 + limit))
}
