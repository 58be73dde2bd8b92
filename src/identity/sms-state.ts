import type { Instant } from '#kernel'

/** A yes-or-no that the carrier may be silent about. */
export type Signal = 'yes' | 'no' | 'unknown'

/** What is known of a customer's phone number: can a text still prove who he is? */
export interface SmsState {
  /** Calls and SMS are passed on to another number. */
  readonly forwarding: Signal
  /** The SIM, or the device it sits in, was changed lately. */
  readonly simSwap: Signal
  /** Texts that were delivered never reached the enrolled phone. */
  readonly silence: Signal
  /** When the carrier was last heard; null: never. */
  readonly observedAt: Instant | null
}

/** What the carrier said, just before a command; unknown where it was silent. */
export interface CarrierObservation {
  readonly forwarding: Signal
  readonly simSwap: Signal
  readonly at: Instant
}

/** A text proves something only while nothing is active and nothing is unknown. */
export function smsAcceptable(state: SmsState): boolean {
  return state.forwarding === 'no' && state.simSwap === 'no' && state.silence === 'no'
}

/** The worse of two signals: yes, then unknown, then no. */
export function worse(a: Signal, b: Signal): Signal {
  if (a === 'yes' || b === 'yes') return 'yes'
  return a === 'unknown' || b === 'unknown' ? 'unknown' : 'no'
}
