import { ordersOf } from '#fund'
import { type ClaimClock, coverOn, type Dispute } from '#guarantee'
import { day, fail, type Instant, localDateOf, ok, type Result } from '#kernel'
import { type Payment, paymentById } from '#wallet'
import type { Actor, FlowContext, Problem } from './context.ts'
import { type Redemption, reportTheft, type ReportError } from './report-theft-command.ts'
import { submit } from './submit.ts'

export interface ReportTheftInput {
  /** The client's idempotency key. */
  readonly requestId: string
  readonly paymentIds: readonly string[]
  readonly note?: string
}

/** What happened at once, and the dates of the rest. Amounts in fen. */
export interface ReportTheftAnswer {
  readonly reportId: string
  /** null: nothing was lost and nothing had left the fund. */
  readonly claimId: string | null
  readonly reportedAt: Instant
  readonly frozenAt: Instant
  readonly disputed: bigint
  readonly stopped: bigint
  readonly lost: bigint
  /** Taken back from the payees at once. */
  readonly recovered: bigint
  readonly payments: readonly { paymentId: string; found: Dispute['found']; secured: bigint }[]
  readonly clocks: readonly ClaimClock[]
}

export type ReportTheft = (
  actor: Actor,
  input: ReportTheftInput,
) => Promise<Result<ReportTheftAnswer, Problem>>

/** So many payments in one report: the command then touches some 300 records at most. */
const mostPayments = 30
/** A redemption belongs to the payments that follow it within this time. */
const redemptionWindowMs = day

/**
 * "I was robbed": one command freezes the customer, ends every session, gives reserved money back,
 * takes back what the payees still have, and opens the claim with its clocks.
 * Errors: payment_not_found, payment_not_reportable (reported before, or not his own),
 * report_late, session_expired, request_malformed.
 */
export function createReportTheft(context: FlowContext): ReportTheft {
  return async (actor, { requestId, paymentIds, note }) => {
    const ids = [...new Set(paymentIds)].toSorted()
    if (ids.length === 0 || ids.length > mostPayments) {
      return fail({ code: 'request_malformed', param: 'payment_ids' })
    }
    const payments = await paymentsOfPayer(context, actor.customerId, ids)
    if (payments === null) return fail({ code: 'payment_not_found', param: 'payment_ids' })
    const redemptions = await redemptionsBefore(context, actor.customerId, payments)
    const firstAt = Math.min(...payments.map(({ createdAt }) => createdAt))
    const lostOn = localDateOf(firstAt)
    const cover = await coverOn(context.sql, lostOn)
    const text = note ?? null
    const submitted = await submit(context, reportTheft, {
      owner: actor.customerId,
      id: `report:${requestId}`,
      content: { paymentIds: ids, note: text },
      input: {
        actor: { customerId: actor.customerId, sessionId: actor.sessionId },
        reportId: context.ids.next('rep'),
        claimId: context.ids.next('clm'),
        payments,
        redemptions,
        coverId: cover?.id ?? null,
        lostOn,
        note: text,
      },
    })
    if (!submitted.ok) return submitted
    if (submitted.value.ok) return ok(submitted.value.value)
    return fail(problemOf(submitted.value.error))
  }
}

function problemOf(error: ReportError): Problem {
  return error === 'session_expired' ? { code: error } : { code: error, param: 'payment_ids' }
}

/** null when one of them is not a payment that this customer made. */
async function paymentsOfPayer(
  context: FlowContext,
  payer: string,
  ids: readonly string[],
): Promise<Payment[] | null> {
  const found = await Promise.all(ids.map((id) => paymentById(context.sql, id)))
  const own = found.filter((item) => item !== null && item.payer === payer)
  return own.length === ids.length ? (own as Payment[]) : null
}

/**
 * Redemptions that fed the disputed payments: those made for one of them, and every other one
 * within 24 hours before the first and until the last of them.
 */
async function redemptionsBefore(
  context: FlowContext,
  customerId: string,
  payments: readonly Payment[],
): Promise<Redemption[]> {
  const times = payments.map(({ createdAt }) => createdAt)
  const from = Math.min(...times) - redemptionWindowMs
  const to = Math.max(...times)
  const ids = new Set(payments.map(({ id }) => id))
  const orders = await ordersOf(context.sql, { customerId, limit: 200 })
  const found: Redemption[] = []
  for (const order of orders.toReversed()) {
    const { id, kind, state, placedAt, amount, paymentId, confirmationDay } = order
    if (kind === 'subscription' || placedAt < from || placedAt > to) continue
    if (paymentId !== null && !ids.has(paymentId)) continue
    const fast = kind === 'fast_redemption' && (state === 'advanced' || state === 'settled')
    const normal = kind === 'normal_redemption' && state === 'paid'
    if (!fast && !normal) continue
    // Fast: the units are the bank's from that very day. Normal: they earn until confirmed.
    const missedFrom = fast ? localDateOf(placedAt) : confirmationDay
    found.push({ orderId: id, units: amount, missedFrom, paymentId })
  }
  return found
}
