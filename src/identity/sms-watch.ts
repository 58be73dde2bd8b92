import { defineRecord, keyOf, type Key, type View } from '#commit'
import type { Sql } from '#database'
import type { Instant } from '#kernel'
import { oneTimeCode } from './code.ts'
import { customer } from './customer.ts'
import {
  clearAfterMs,
  concludeFrom,
  withDelivered,
  withSent,
  withUsed,
  type PhoneReport,
  type WatchedCode,
} from './watched-codes.ts'

/** The last codes sent to a number, whether or not it is a customer's. */
export interface SmsWatch {
  /** The phone number, E.164. */
  readonly id: string
  readonly codes: readonly WatchedCode[]
  /** The last time its silence was raised. */
  readonly raisedAt: Instant | null
}

export const smsWatch = defineRecord<SmsWatch>({
  name: 'identity.sms_watch',
  key: 'id',
  fields: { id: 'text', codes: 'json', raisedAt: 'instant' },
})

export function smsWatchKey(phone: string): Key {
  return keyOf(smsWatch, phone)
}

/**
 * Watches over a code that has just been issued. `before` is `watchOf` as it was before that: the
 * new code's record no longer knows whether the last one was used.
 */
export function watchCode(
  state: View,
  sent: { before: SmsWatch; reference: string; digest: string },
  now: Instant,
): void {
  const { before, reference, digest } = sent
  const codes = withSent(before.codes, { reference, digest, sentAt: now })
  state.put(smsWatch, { ...before, codes })
}

/** raise: SMS of this number is no proof from now on. clear: it is one again. */
export type WatchNews = 'raise' | 'clear' | 'none'

/** Holds what the phone saw against what was sent. Needs codeKey and smsWatchKey of the number. */
export function compareSeen(
  state: View,
  heard: {
    customerId: string
    phone: string
    report: PhoneReport
    delivered: ReadonlyMap<string, Instant>
  },
): WatchNews {
  const { customerId, phone, report, delivered } = heard
  const watch = watchOf(state, phone)
  const concluded = concludeFrom(withDelivered(watch.codes, delivered), report)
  const raisedAt = concluded.raised ? report.at : watch.raisedAt
  state.put(smsWatch, { id: phone, codes: concluded.codes, raisedAt })
  if (concluded.raised) return 'raise'
  const { seenSentAt } = concluded
  const since = raisedAt === null ? null : raisedAt + clearAfterMs
  const isSilent = state.get(customer, customerId)?.silence === 'yes'
  const isSeen = since !== null && seenSentAt !== null && seenSentAt >= since
  return isSilent && isSeen ? 'clear' : 'none'
}

/** A number's watch, with the last code's use. Needs codeKey and smsWatchKey. */
export function watchOf(state: View, phone: string): SmsWatch {
  const watch = state.get(smsWatch, phone) ?? { id: phone, codes: [], raisedAt: null }
  const code = state.get(oneTimeCode, phone)
  if (code === undefined) return watch
  const { issuedAt: sentAt, usedAt } = code
  return { ...watch, codes: withUsed(watch.codes, { sentAt, usedAt }) }
}

/** When the oldest code was sent to a number of which nothing is concluded yet; null: none. */
export async function openCodesSince(sql: Sql, phone: string): Promise<Instant | null> {
  const rows = await sql<Pick<SmsWatch, 'codes'>[]>`
    select codes from identity.sms_watch where id = ${phone}`
  const open = rows.flatMap(({ codes }) => codes.filter(({ verdict }) => verdict === 'open'))
  return open.length === 0 ? null : Math.min(...open.map(({ sentAt }) => sentAt))
}
