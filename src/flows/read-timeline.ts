import { devicesOf, findCustomer, type CustomerView, type DeviceView } from '#identity'
import type { Instant } from '#kernel'
import { noticesOf, type NoticeView } from '#notifications'
import { recentDecisions, type DecisionRow } from '#risk'
import { paymentsOf, type Payment } from '#wallet'
import type { FlowContext } from './context.ts'

/** One thing that happened to or through a customer. */
export interface TimelineItem {
  readonly at: Instant
  readonly kind: 'identity' | 'device' | 'phone' | 'decision' | 'payment' | 'notice'
  readonly title: string
  readonly detail: string | null
  /** Fen. */
  readonly amount: bigint | null
  readonly outcome: string | null
}

const each = 25

/** The payer of a payment, newest first: who he is, his phone, what was decided, what moved. */
export function createReadTimeline(context: Pick<FlowContext, 'sql' | 'now'>) {
  const { sql } = context
  return async ({ payer }: Pick<Payment, 'payer'>): Promise<TimelineItem[]> => {
    const [customer, devices, decisions, payments, notices] = await Promise.all([
      findCustomer(sql, payer),
      devicesOf(sql, payer, context.now()),
      recentDecisions(sql, { customerId: payer, limit: each }),
      paymentsOf(sql, payer, { limit: each }),
      noticesOf(sql, payer, { limit: each }),
    ])
    const items = [
      ...(customer === null ? [] : identityItems(customer)),
      ...devices.map(deviceItem),
      ...decisions.map(decisionItem),
      ...payments.filter(({ endedAt }) => endedAt !== null).map((paid) => paymentItem(paid, payer)),
      ...notices.map(noticeItem),
    ]
    return items.toSorted((a, b) => b.at - a.at)
  }
}

const plain = { detail: null, amount: null, outcome: null }

function identityItems(customer: CustomerView): TimelineItem[] {
  const { createdAt, lastResetAt, lastSignInAt, smsSignalAt, frozenAt, frozenReason } = customer
  const isChecked = customer.realNameCheckedAt !== null
  const nameNote =
    customer.kind === 'merchant' ? null : `real name ${isChecked ? 'verified' : 'not verified'}`
  const items: TimelineItem[] = [
    { ...plain, at: createdAt, kind: 'identity', title: 'Became a customer', detail: nameNote },
  ]
  const add = (at: Instant | null, item: Omit<TimelineItem, 'at'>) => {
    if (at !== null) items.push({ at, ...item })
  }
  add(lastSignInAt, { ...plain, kind: 'identity', title: 'Last sign-in' })
  add(lastResetAt, { ...plain, kind: 'identity', title: 'Password reset' })
  const { forwarding, simSwap, silence } = customer
  const phone = `forwarding ${forwarding}, SIM change ${simSwap}, silence ${silence}`
  add(smsSignalAt, { ...plain, kind: 'phone', title: 'SMS signal', detail: phone })
  add(frozenAt, { ...plain, kind: 'identity', title: 'Frozen', detail: frozenReason })
  return items
}

function deviceItem({ name, addedAt, addedBy, trusted }: DeviceView): TimelineItem {
  const how = { sign_up: 'at sign-up', sign_in: 'by sign-in', reset: 'by password reset' }[addedBy]
  const detail = `${how}, ${trusted ? 'trusted' : 'not trusted'}`
  return { ...plain, at: addedAt, kind: 'device', title: `Device “${name}” added`, detail }
}

function decisionItem({ at, step, score, outcome, amount }: DecisionRow): TimelineItem {
  const title = `Decision on ${step.replaceAll('_', ' ')}: ${outcome}`
  return { at, kind: 'decision', title, detail: `score ${score}`, amount, outcome }
}

function paymentItem(payment: Payment, payer: string): TimelineItem {
  const { endedAt, createdAt, state, amount, id } = payment
  const way = payment.payer === payer ? 'Payment' : 'Money received'
  const at = endedAt ?? createdAt
  return { at, kind: 'payment', title: `${way} ${state}`, detail: id, amount, outcome: null }
}

function noticeItem({ at, title, channel }: NoticeView): TimelineItem {
  return { ...plain, at, kind: 'notice', title: `Told: ${title}`, detail: `by ${channel}` }
}
