import type { Instant } from '#kernel'
import type { PassingFailure } from '../passing-failure.ts'

/** Why the carrier could not tell. To the guard, not knowing is itself a fact. */
export type CarrierSilence =
  | PassingFailure
  | 'number_not_found'
  | 'out_of_range'
  | 'not_supported'
  | 'not_applicable'
  | 'not_authenticated'
  | 'refused'
  | 'reference_reused'

/** The carrier's word, or why there is none. A silent or failing carrier never throws. */
export type CarrierAnswer<T> =
  | {
      readonly value: T
      /** When the carrier said so, where it was not just now (`rememberCarrier`). */
      readonly at?: Instant
    }
  | { readonly unknown: CarrierSilence }

/** How calls and SMS of a number are passed on (CAMARA call-forwarding-signal). */
export const forwardingKinds = [
  'inactive',
  'unconditional',
  'conditional_busy',
  'conditional_not_reachable',
  'conditional_no_answer',
] as const
export type ForwardingKind = (typeof forwardingKinds)[number]

export interface LastChange {
  /** Null: no change within the carrier's memory. */
  readonly at: Instant | null
  /** How far the carrier remembers, in days; null: it does not say. */
  readonly monitoredDays: number | null
}

export interface SmsReceipt {
  readonly reference: string
  readonly messageId: string
  /** When the carrier says it was delivered; null: accepted, not delivered. */
  readonly deliveredAt: Instant | null
}

/** What the carrier says became of one of our messages; not what the customer's phone saw. */
export interface DeliveryReport extends SmsReceipt {
  readonly sentAt: Instant
}

/**
 * A mobile network operator. Phones are E.164 (`+8613800000001`); ages in hours 1..2400; instants
 * epoch ms. All answers are time-boxed: `{ unknown: 'timeout' }` when the carrier is silent.
 */
export interface Carrier {
  /** Was the SIM changed within `maxAgeHours`? Unknown: out_of_range, number_not_found … */
  checkSimSwap(query: { phone: string; maxAgeHours: number }): Promise<CarrierAnswer<boolean>>
  retrieveSimSwapDate(query: { phone: string }): Promise<CarrierAnswer<LastChange>>
  /** Was the SIM put into another device (IMEI) within `maxAgeHours`? */
  checkDeviceSwap(query: { phone: string; maxAgeHours: number }): Promise<CarrierAnswer<boolean>>
  retrieveDeviceSwapDate(query: { phone: string }): Promise<CarrierAnswer<LastChange>>
  /** Is unconditional call forwarding active (SMS then go to the other phone too)? */
  callForwarding(query: { phone: string }): Promise<CarrierAnswer<boolean>>
  callForwardings(query: { phone: string }): Promise<CarrierAnswer<readonly ForwardingKind[]>>
  /**
   * Is the device that holds `networkToken` the one with this number? The mobile network gives the
   * token to the device itself. `phoneHash` (SHA-256 of the E.164 form, hex) asks without naming
   * the number. Unknown: not_authenticated when its SIM is no longer valid.
   */
  verifyNumber(
    query: { networkToken: string } & ({ phone: string } | { phoneHash: string }),
  ): Promise<CarrierAnswer<boolean>>
  /** Sends a text once per `reference`. Unknown: refused, reference_reused … */
  sendSms(message: {
    reference: string
    phone: string
    text: string
  }): Promise<CarrierAnswer<SmsReceipt>>
  /** Our messages to a number since an instant, oldest first, at most 100. */
  deliveryReports(query: {
    phone: string
    since: Instant
  }): Promise<CarrierAnswer<readonly DeliveryReport[]>>
}

/** News of a number that the carrier brings without being asked. */
export interface CarrierEvent {
  /** With `source` it names the event for ever; the same one may arrive more than once. */
  readonly id: string
  readonly source: string
  readonly kind: 'sim_swap' | 'call_forwarding'
  /** false: it is over. */
  readonly active: boolean
  readonly phone: string
  /** When it happened, not when it was told. */
  readonly at: Instant
}

/** Answers true when the event is dealt with for good; else it is told again later. */
export type CarrierListener = (event: CarrierEvent) => Promise<boolean>

/**
 * The carrier's subscription: every event at least once, each number's in the order they happened.
 * Over HTTP it is the other way round: the carrier posts CloudEvents (`carrierEventOf`) to us.
 */
export interface CarrierEvents {
  /** One listener, from now on; what waited is told first. Resolves when it has been. */
  subscribe(listener: CarrierListener): Promise<void>
}
