import { reportIdsOf } from '#guarantee'
import { findCustomers, isTrustedDevice } from '#identity'
import { batchReads, fail, ok, type Result } from '#kernel'
import { paymentById, paymentsOf, type Payment } from '#wallet'
import type { Actor, FlowContext, Problem } from './context.ts'
import { partiesOf, type Party } from './read-parties.ts'
import { smsWarnings, type Warning } from './sms-warnings.ts'

/** A payment as one of its two parties sees it. */
export interface PaymentView {
  readonly payment: Payment
  readonly direction: 'out' | 'in'
  readonly payer: Party
  readonly payee: Party
  /** This request's device may confirm it. */
  readonly canApprove: boolean
  readonly canCancel: boolean
  readonly warnings: readonly Warning[]
  readonly reportId: string | null
}

/** `fresh`: made or ended by this very request, so not part of a report yet. */
export type ShowPayments = (
  actor: Actor,
  payments: readonly Payment[],
  how?: { fresh: boolean },
) => Promise<PaymentView[]>

/** Puts names, and what this device may do, to payments. */
export function createShowPayments(context: Pick<FlowContext, 'sql' | 'now'>): ShowPayments {
  const { sql } = context
  const find = batchReads(async (ids: readonly string[]) => {
    const found = await findCustomers(sql, ids)
    return new Map(found.map((each) => [each.id, each]))
  })
  return async (actor, payments, how = { fresh: false }) => {
    if (payments.length === 0) return []
    const { customerId, deviceId } = actor
    const ids = new Set(payments.flatMap(({ payer, payee }) => [payer, payee]))
    const open = payments.some(({ state }) => state === 'challenged' || state === 'held')
    const [found, reports, trusted] = await Promise.all([
      Promise.all([...ids].map(find)),
      reportIdsOf(sql, how.fresh ? [] : payments.map(({ id }) => id)),
      open ? isTrustedDevice(sql, { customerId, deviceId }, context.now()) : false,
    ])
    const customers = found.filter((each) => each !== undefined)
    const partyOf = partiesOf(customers, { customerId })
    const customer = customers.find(({ id }) => id === customerId)
    const mayApprove = trusted && deviceId === actor.sessionDeviceId
    return payments.map((payment): PaymentView => {
      const { state, payer, payee } = payment
      const mine = payer === customerId
      const waits = mine && (state === 'challenged' || state === 'held')
      return {
        payment,
        direction: mine ? 'out' : 'in',
        payer: partyOf(payer),
        payee: partyOf(payee),
        canApprove: mine && state === 'challenged' && mayApprove,
        canCancel: waits,
        warnings: waits && customer !== undefined ? smsWarnings(customer) : [],
        reportId: mine ? (reports.get(payment.id) ?? null) : null,
      }
    })
  }
}

/** One payment of this customer's, made or received. Errors: payment_not_found. */
export function createReadPayment(context: Pick<FlowContext, 'sql' | 'now'>) {
  const show = createShowPayments(context)
  return async (actor: Actor, id: string): Promise<Result<PaymentView, Problem>> => {
    const found = await paymentById(context.sql, id)
    const { customerId } = actor
    const arrived = found?.state === 'posted' || found?.state === 'recalled'
    const his = found?.payer === customerId || (found?.payee === customerId && arrived)
    const [view] = found !== null && his ? await show(actor, [found]) : []
    return view === undefined ? fail({ code: 'payment_not_found', param: 'id' }) : ok(view)
  }
}

/** Payments made and received, newest first. Errors: cursor_unknown. */
export function createReadPayments(context: Pick<FlowContext, 'sql' | 'now'>) {
  const show = createShowPayments(context)
  return async (
    actor: Actor,
    page: { limit: number; after?: string },
  ): Promise<Result<PaymentView[], Problem>> => {
    const { sql } = context
    const { customerId } = actor
    const { limit, after } = page
    if (after !== undefined) {
      const last = await paymentById(sql, after)
      const his = last?.payer === customerId || last?.payee === customerId
      if (!his) return fail({ code: 'cursor_unknown', param: 'starting_after' })
    }
    const before = after === undefined ? {} : { before: after }
    return ok(await show(actor, await paymentsOf(sql, customerId, { limit, ...before })))
  }
}
