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
  const { parties, state: outcome } = payment
  const amount = Number(payment.amount)
  const payee = hashOf(payment.payeeId)
  if (outcome === 'stopped') {
    const attempt = { kind: 'attempted', at: now, amount, party: payee } as const
    addHolderEvent(state, parties.holder, { ...attempt, device: 0, network: 0 })
    return
  }
  const device = parties.deviceId === null ? 0 : hashOf(parties.deviceId)
  const network = parties.network === null ? 0 : hashOf(parties.network)
  const seen = { at: now, amount, device, network }
  if (payment.source === 'fund') {
    addHolderEvent(state, parties.holder, { ...seen, kind: 'redeemed', party: 0 })
  }
  addHolderEvent(state, parties.holder, { ...seen, kind: 'paid', party: payee })
  addHolderEvent(state, parties.payeeHolder, {
    kind: 'received',
    at: now,
    amount,
    party: hashOf(payment.payerId),
    device: 0,
    network: 0,
  })
  seenAt(state, { customerId: payment.payerId, parties }, now)
}
