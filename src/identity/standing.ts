import type { Key, View } from '#commit'
import type { Instant } from '#kernel'
import { customer, customerKey, failedSignIns24h, smsStateOf } from './customer.ts'
import { customersOn, deviceIn, deviceKey, deviceUseKey, isTrusted } from './device.ts'
import { guardProofOf, isLive, session, sessionKey } from './session.ts'

/** Who acts, as far as identity cares. */
export interface Acting {
  readonly customerId: string
  readonly sessionId: string
  /** The device seen with this request; the session may be bound to another. */
  readonly deviceId: string
}

export type Standing = 'ok' | 'session_expired' | 'customer_frozen'

/** What a command of a signed-in customer must read to know his standing and the guard's facts. */
export function actorKeys(actor: Acting): Key[] {
  const { customerId, sessionId, deviceId } = actor
  return [
    customerKey(customerId),
    sessionKey(sessionId),
    deviceKey(customerId, deviceId),
    deviceUseKey(deviceId),
  ]
}

/**
 * May this customer move money out right now? `customer_frozen` stops only what takes money out;
 * reading, reporting and unfreezing go on. Needs the customer's and the session's key.
 */
export function standingOf(
  state: View,
  actor: Pick<Acting, 'customerId' | 'sessionId'>,
  now: Instant,
): Standing {
  const who = state.get(customer, actor.customerId)
  const by = state.get(session, actor.sessionId)
  if (who === undefined || by === undefined || by.customerId !== who.id) return 'session_expired'
  if (!isLive(by, who.sessionsEndedAt, now)) return 'session_expired'
  return who.status === 'frozen' ? 'customer_frozen' : 'ok'
}

/**
 * What identity tells the guard about who acts; its shape is that of the guard's input. Needs
 * `actorKeys`; only after `standingOf` has not answered session_expired.
 */
export function guardViewOf(state: View, actor: Acting, now: Instant) {
  const by = state.get(session, actor.sessionId)
  const { customer: who, device: seen, sms } = customerGuardView(state, actor, now)
  return {
    customer: who,
    device: seen,
    sms,
    session:
      by === undefined
        ? null
        : { startedAt: by.createdAt, otherDevice: by.deviceId !== actor.deviceId },
    proof: by === undefined ? ('none' as const) : guardProofOf(by.proof),
  }
}

/** The same before there is a session: sign-in and reset. */
export function customerGuardView(
  state: View,
  actor: Pick<Acting, 'customerId' | 'deviceId'>,
  now: Instant,
) {
  const who = state.get(customer, actor.customerId)
  if (who === undefined) throw new Error(`no customer ${actor.customerId}`)
  const seen = deviceIn(state, actor.customerId, actor.deviceId)
  return {
    customer: {
      id: who.id,
      createdAt: who.createdAt,
      passwordChangedAt: who.passwordChangedAt,
      lastResetAt: who.lastResetAt,
      failedSignIns24h: failedSignIns24h(who, now),
      lastActiveAt: who.lastActiveAt,
    },
    device: {
      addedAt: seen?.addedAt ?? null,
      trusted: isTrusted(seen, now),
      addedBy: seen?.addedBy ?? null,
    },
    sms: smsStateOf(who),
  }
}

/** What identity tells the guard about a payee. Needs the payee's customerKey. */
export function payeeGuardViewOf(state: View, payeeId: string) {
  const payee = state.get(customer, payeeId)
  if (payee === undefined) return null
  return {
    id: payee.id,
    kind: payee.kind,
    createdAt: payee.createdAt,
    deviceCustomers: payee.deviceCustomers,
  }
}

/** The customer's record after a sign-in on a device; remembers how shared his devices are. */
export function noteSignIn(
  state: View,
  seen: { customerId: string; deviceId: string },
  now: Instant,
): void {
  const who = state.get(customer, seen.customerId)
  if (who === undefined) throw new Error(`no customer ${seen.customerId}`)
  state.put(customer, {
    ...who,
    lastSignInAt: now,
    lastActiveAt: now,
    failedSignIns: 0,
    failedSince: null,
    deviceCustomers: Math.max(who.deviceCustomers, customersOn(state, seen.deviceId)),
  })
}
