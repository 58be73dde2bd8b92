import type { View } from '#commit'
import type { Instant } from '#kernel'
import type { GuardParties } from './guard-input.ts'
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
  addHolderEvent(state, holder, { kind: 'paid', at, amount, party, device, network })
  const payer = hashOf(payment.payerId)
  const received = { kind: 'received', at, amount, party: payer, device: 0, network: 0 } as const
  addHolderEvent(state, payeeHolder, received)
  seenAt(state, { customerId: payment.payerId, parties }, now)
}
