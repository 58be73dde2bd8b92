import { steps } from './outcome.ts'

const signal = ['no', 'yes', 'unknown'] as const

/**
 * Everything a rule may look at: one flat list for every step, live and in replay. Numbers are
 * whole and never negative: fen (`fen`, 48 bits), minutes since (`minutes`, 32 bits, saturating;
 * `never` when it did not happen), counts and percent (16 bits, saturating). The order is the
 * order of the binary layout: add at the end of the list only, and raise `factsVersion`.
 */
export const factFields = {
  step: steps,
  proof: ['none', 'password', 'sms', 'trusted_device'],
  forwarding: signal,
  simSwap: signal,
  silence: signal,
  source: ['none', 'wallet', 'fund'],
  payeeKind: ['none', 'person', 'merchant'],
  deviceAddedBy: ['none', 'sign_up', 'sign_in', 'reset'],
  hasSession: 'flag',
  /** The session belongs to another device than the one seen now. */
  otherDevice: 'flag',
  deviceKnown: 'flag',
  deviceTrusted: 'flag',
  remoteControl: 'flag',
  callInProgress: 'flag',
  emulator: 'flag',
  /** Never paid before, or first paid less than 24 h ago. */
  newPayee: 'flag',
  /** The payee has sent money to this customer before. */
  payeePaidUs: 'flag',
  payeeSharesDevice: 'flag',
  /** Since the carrier was last heard about this number. */
  smsSignalAge: 'minutes',
  customerAge: 'minutes',
  passwordAge: 'minutes',
  resetAge: 'minutes',
  sessionAge: 'minutes',
  /** 0 for a device that is not one of this customer's. */
  deviceAge: 'minutes',
  /** Since this customer was first seen on this network; 0: never before. */
  networkAge: 'minutes',
  payeeAge: 'minutes',
  bankAccountAge: 'minutes',
  dormantDays: 'count',
  failedSignIns24h: 'count',
  /** Different customers seen on this device (network) in 30 days; 64: or more. */
  deviceCustomers: 'count',
  networkCustomers: 'count',
  /** Different devices (networks) of this customer in 24 h, the present one not counted. */
  devices24h: 'count',
  networks24h: 'count',
  paymentsToPayee: 'count',
  /** Payees first paid in the last 24 h, this one included when it is new. */
  newPayees24h: 'count',
  payments1h: 'count',
  payments24h: 'count',
  payments30d: 'count',
  /** Payments of the last 24 h that were challenged, held or denied. */
  attempts24h: 'count',
  /** Payments and attempts of nearly this amount in 24 h, this one included. */
  nearEqual24h: 'count',
  paymentsEver: 'count',
  payeeDeviceCustomers: 'count',
  payeeNewPayers24h: 'count',
  payeePayers24h: 'count',
  amount: 'fen',
  /** Paid in 24 h to payees first paid in those 24 h, this one included when its payee is new. */
  newPayeeSum24h: 'fen',
  /** Paid and withdrawn in 24 h, this step included. */
  leavingSum24h: 'fen',
  attemptedSum24h: 'fen',
  /** Redeemed from the fund in 24 h, this step included when it redeems. */
  redeemedSum24h: 'fen',
  nearEqualSum24h: 'fen',
  largestPayment: 'fen',
  payeeIn24h: 'fen',
  payeeOut24h: 'fen',
  /** Of wallet and fund as they stood 24 h ago, in percent. */
  shareLeaving24h: 'percent',
  /** This amount in percent of the largest payment ever; 65535 when there was none. */
  timesLargest: 'percent',
  /** What the payee sent on in 24 h in percent of what came in. */
  payeePassThrough: 'percent',
  /** This customer's payments in the same part of the day, in percent; 100 when none yet. */
  hourShare: 'percent',
  // Since version 2 of the layout.
  /** Installed apps against the malware feed; unknown: not reported, or no fresh feed. */
  malware: signal,
  /** Addresses visited against the phishing feed; unknown as above. */
  phishing: signal,
  networkKind: ['unknown', 'home', 'mobile', 'vpn', 'data_centre', 'tor'],
  rooted: 'flag',
  accessibilityAbuse: 'flag',
  appTampered: 'flag',
  /** A feed that was asked is too old to be trusted, or has never been read. */
  feedStale: 'flag',
  /** Whole km/h from where the session (or the last one) began to here; 0: near, or unknown. */
  travelKmh: 'count',
  // Since version 3 of the layout.
  /** The payee (this customer) is known to have passed stolen money on. */
  payeeKnownMule: 'flag',
  customerKnownMule: 'flag',
  /** Known mules who paid the payee or share a device with him: two hops from here. */
  payeeMuleLinks: 'count',
  customerMuleLinks: 'count',
  /** Known mules seen on the device used now. */
  deviceMules: 'count',
  /** Different payees whom the payee (this customer) paid in 24 h. */
  payeePayees24h: 'count',
  payees24h: 'count',
  /** Payers who first paid this customer in the last 24 h. */
  newPayers24h: 'count',
  /** Received by this customer from others in 24 h. */
  receivedSum24h: 'fen',
  /** Leaving in 24 h in percent of what was received in them; 0 when nothing was. */
  passThrough: 'percent',
} as const satisfies Record<string, FactType | readonly string[]>

export type FactType = 'flag' | 'minutes' | 'count' | 'fen' | 'percent'
export type FactName = keyof typeof factFields

type ValueOf<T> = T extends 'flag'
  ? boolean
  : T extends FactType
    ? number
    : T extends readonly (infer V)[]
      ? V
      : never

export type Facts = { readonly [K in FactName]: ValueOf<(typeof factFields)[K]> }

export const factNames = Object.keys(factFields) as FactName[]

/** What version 2 of the layout added, with what facts of version 1 are read as: nobody knew. */
export const addedInVersion2 = {
  malware: 'unknown',
  phishing: 'unknown',
  networkKind: 'unknown',
  rooted: false,
  accessibilityAbuse: false,
  appTampered: false,
  feedStale: false,
  travelKmh: 0,
} as const satisfies Partial<Facts>

/** The same of version 3: nobody was known as a mule, and nobody looked. */
export const addedInVersion3 = {
  payeeKnownMule: false,
  customerKnownMule: false,
  payeeMuleLinks: 0,
  customerMuleLinks: 0,
  deviceMules: 0,
  payeePayees24h: 0,
  payees24h: 0,
  newPayers24h: 0,
  receivedSum24h: 0,
  passThrough: 0,
} as const satisfies Partial<Facts>

/** Largest value of each type; greater ones saturate. */
export const largest = {
  minutes: 0xffff_ffff,
  count: 0xffff,
  percent: 0xffff,
  fen: 281_474_976_710_655,
} as const
/** An age that never began. */
export const never = largest.minutes
