import { defineRecord, keyOf, type Key, type View } from '#commit'
import { day, type Instant, required } from '#kernel'
import { worse, type CarrierObservation, type Signal, type SmsState } from './sms-state.ts'

/**
 * A customer and his standing: the record that every command which moves his money reads. A change
 * here (freeze, reset) therefore holds for every later command of the lane, without a race.
 */
export interface Customer {
  readonly id: string
  readonly kind: 'person' | 'merchant'
  readonly name: string
  /** E.164. */
  readonly phone: string
  readonly email: string | null
  /** Keyed hash; the number itself is not kept. null: not given (merchants). */
  readonly idNumberHash: string | null
  /** When a register of persons knew name and ID number together; null: nobody has said so. */
  readonly realNameCheckedAt: Instant | null
  readonly createdAt: Instant
  readonly status: 'active' | 'frozen'
  readonly frozenAt: Instant | null
  /** Who froze: decides who may lift it. */
  readonly frozenBy: 'customer' | 'report' | 'operator' | null
  readonly frozenReason: string | null
  /** null: never changed since sign-up. */
  readonly passwordChangedAt: Instant | null
  readonly lastResetAt: Instant | null
  /** Sessions opened until then have ended, but for the one that the reset itself opened. */
  readonly sessionsEndedAt: Instant | null
  readonly forwarding: Signal
  readonly simSwap: Signal
  readonly silence: Signal
  readonly smsObservedAt: Instant | null
  /** The last time something was wrong with his SMS. */
  readonly smsSignalAt: Instant | null
  /** Failed sign-ins since `failedSince`; a new count begins after 24 hours. */
  readonly failedSignIns: number
  readonly failedSince: Instant | null
  readonly lastSignInAt: Instant | null
  readonly lastActiveAt: Instant | null
  /** Most customers seen on any one device of his, as of his last sign-in. */
  readonly deviceCustomers: number
}

export const customer = defineRecord<Customer>({
  name: 'identity.customer',
  key: 'id',
  fields: {
    id: 'text',
    kind: 'text',
    name: 'text',
    phone: 'text',
    email: 'text',
    idNumberHash: 'text',
    realNameCheckedAt: 'instant',
    createdAt: 'instant',
    status: 'text',
    frozenAt: 'instant',
    frozenBy: 'text',
    frozenReason: 'text',
    passwordChangedAt: 'instant',
    lastResetAt: 'instant',
    sessionsEndedAt: 'instant',
    forwarding: 'text',
    simSwap: 'text',
    silence: 'text',
    smsObservedAt: 'instant',
    smsSignalAt: 'instant',
    failedSignIns: 'integer',
    failedSince: 'instant',
    lastSignInAt: 'instant',
    lastActiveAt: 'instant',
    deviceCustomers: 'integer',
  },
  constant: ['kind', 'createdAt'],
})

export function customerKey(id: string): Key {
  return keyOf(customer, id)
}

/** The customer; a command that was given an id which does not exist is a defect. */
export function customerIn(state: View, id: string): Customer {
  return required(state.get(customer, id), `customer ${id}`)
}

export function smsStateOf(subject: Customer): SmsState {
  const { forwarding, simSwap, silence, smsObservedAt } = subject
  return { forwarding, simSwap, silence, observedAt: smsObservedAt }
}

/**
 * The customer with what the carrier has said of his number. Where it said so before the last news
 * of it, the worse of both counts: an old all-clear clears nothing.
 */
export function withObservation(subject: Customer, seen: CarrierObservation | null): Customer {
  if (seen === null) return subject
  const { at } = seen
  const isOld = at < (subject.smsSignalAt ?? 0)
  const forwarding = isOld ? worse(subject.forwarding, seen.forwarding) : seen.forwarding
  const simSwap = isOld ? worse(subject.simSwap, seen.simSwap) : seen.simSwap
  const bad = forwarding === 'yes' || simSwap === 'yes'
  return {
    ...subject,
    forwarding,
    simSwap,
    smsObservedAt: Math.max(subject.smsObservedAt ?? 0, at),
    smsSignalAt: bad ? Math.max(subject.smsSignalAt ?? 0, at) : subject.smsSignalAt,
  }
}

/** Failed sign-ins of the last 24 hours, counted from the first of them. */
export function failedSignIns24h(subject: Customer, now: Instant): number {
  const { failedSince, failedSignIns } = subject
  return failedSince !== null && now - failedSince < day ? failedSignIns : 0
}

export function withFailedSignIn(subject: Customer, now: Instant): Customer {
  const before = failedSignIns24h(subject, now)
  const failedSince = before === 0 ? now : subject.failedSince
  return { ...subject, failedSignIns: before + 1, failedSince }
}
