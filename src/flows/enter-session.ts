import type { View } from '#commit'
import {
  bindDeviceKey,
  deviceIn,
  forgetFailures,
  noteSignIn,
  openSession,
  seeDevice,
  type SessionEntry,
  type SessionProof,
} from '#identity'
import type { Instant } from '#kernel'
import { accountId } from '#ledger'
import { cleanChannels, notify } from '#notifications'
import { recordEvent } from '#risk'
import type { SessionPlan } from './new-session.ts'

/** All that is known when a customer may come in. */
export interface Entering extends SessionPlan {
  readonly customerId: string
  readonly phone: string
  readonly deviceId: string
  readonly deviceName: string
  /** The device's key, kept if it has none yet; null: it showed none. */
  readonly publicKey: string | null
  readonly network: string
  readonly by: 'sign_in' | 'reset'
  readonly entry: SessionEntry
  readonly proof: SessionProof
  readonly vouched: boolean
}

/**
 * Lets a customer in, inside a command (which reads `deviceKeyKey`, too): his device is noted, his
 * session opened, the guard's profiles learn of it, and a device he never used before is told to
 * him. Answers when it ends.
 */
export function enterSession(state: View, entering: Entering, now: Instant): Instant {
  const { customerId, deviceId, deviceName, network, sessionId, lifeMs, proof, entry } = entering
  const news = deviceIn(state, customerId, deviceId) === undefined
  const { by, vouched, phone } = entering
  seeDevice(state, { customerId, deviceId, name: deviceName, by, vouched }, now)
  bindDeviceKey(state, entering, now)
  const plan = { id: sessionId, customerId, deviceId, network, lifeMs, entry, proof }
  const opened = openSession(state, plan, now)
  forgetFailures(state, phone, now)
  noteSignIn(state, { customerId, deviceId }, now)
  const parties = { holder: accountId('2010', customerId), deviceId, network }
  recordEvent(state, { kind: 'sign_in', customerId, parties, amount: 0n }, now)
  if (news && by === 'sign_in') {
    const told = { customerId, channels: cleanChannels, params: { device: deviceName } }
    notify(state, { ...told, template: 'new_device' }, now)
  }
  return opened.expiresAt
}
