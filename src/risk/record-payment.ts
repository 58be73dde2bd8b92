import type { View } from '#commit'
import type { Instant } from '#kernel'
import type { GuardParties } from './guard-input.ts'
import { findPayer, openHolder } from './holder-profile.ts'
import { profileKindOf } from './holder-profile-record.ts'
import { linkToMule } from './mule-marks.ts'
import { hashOf } from './profile-layout.ts'
import { addHolderEvent, seenAt } from './record-event.ts'

/** A payment that was decided, or a held one that has now ended. */
export interface GuardedPayment {
  readonly payerId: string
  readonly payeeId: string
  readonly parties: GuardParties & { readonly payeeHolder: string }
  /** Fen. */
  readonly amount: bigint
  readonly source: 'wallet' | 'fund'
  /**
   * `posted`: money moved, now. `stopped`: challenged, held or denied; counts as an attempt.
   * A held payment that is released later is recorded again, as posted.
   */
  readonly state: 'posted' | 'stopped'
}

/**
 * Remembers a payment in the profiles of payer, payee, device and network, in the caller's command
 * whose `reads` named `guardKeys(parties)`. A stopped payment changes the payer's side only and
 * does not make his device or network look familiar.
 */
export function recordPayment(state: View, payment: GuardedPayment, now: Instant): void {
  const { parties } = payment
  const { holder, payeeHolder, deviceId } = parties
  const at = now
  const amount = Number(payment.amount)
  const party = hashOf(payment.payeeId)
  // One shape of event throughout: this is the hot path.
  if (payment.state === 'stopped') {
    const kind = 'attempted'
    addHolderEvent(state, holder, { kind, at, amount, party, device: 0, network: 0 })
    return
  }
  const device = deviceId === null ? 0 : hashOf(deviceId)
  const network = parties.network === null ? 0 : hashOf(parties.network)
  if (payment.source === 'fund') {
    addHolderEvent(state, holder, { kind: 'redeemed', at, amount, party: 0, device, network })
  }
  const paid = { kind: 'paid', at, amount, party, device, network } as const
  const isMule = addHolderEvent(state, holder, paid)
  const payer = hashOf(payment.payerId)
  const received = { kind: 'received', at, amount, party: payer, device: 0, network: 0 } as const
  if (isMule) linkPayee(state, payeeHolder, { payer, now })
  addHolderEvent(state, payeeHolder, received)
  seenAt(state, { customerId: payment.payerId, parties, isMule }, now)
}

/** Money from a known mule, for the first time: whoever gets it is one hop from him. */
function linkPayee(
  state: View,
  payeeHolder: string,
  { payer, now }: { payer: number; now: Instant },
): void {
  const kind = profileKindOf(payeeHolder)
  const before = state.get(kind, payeeHolder)?.profile ?? null
  if (before !== null && findPayer(openHolder(before), payer) !== undefined) return
  state.put(kind, { id: payeeHolder, profile: linkToMule(before, now) })
}
