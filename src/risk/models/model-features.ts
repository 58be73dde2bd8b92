import { fail, ok, type Result } from '#kernel'
import { factFields, type FactName, type Facts } from '../facts.ts'

/**
 * What a model trained from now on looks at: a fact as a number (a flag is 0 or 1), or `fact=word`,
 * 1 when the fact is that word. A model keeps the names it was trained with in its own document,
 * so this list may grow without touching older models. The number is the sense the feature must
 * have: 1, more of it never lowers the risk; -1, more of it never raises it; 0, the data decide.
 */
export const modelFeatures = {
  // Ages: whatever is newer never lowers the risk.
  deviceAge: -1,
  networkAge: -1,
  payeeAge: -1,
  bankAccountAge: -1,
  customerAge: -1,
  passwordAge: -1,
  resetAge: -1,
  sessionAge: 0,
  smsSignalAge: 0,
  dormantDays: 1,
  failedSignIns24h: 1,
  deviceCustomers: 1,
  networkCustomers: 0,
  devices24h: 1,
  networks24h: 0,
  paymentsToPayee: -1,
  newPayees24h: 1,
  payments1h: 0,
  payments24h: 0,
  payments30d: 0,
  attempts24h: 0,
  nearEqual24h: 0,
  paymentsEver: 0,
  payeeDeviceCustomers: 1,
  payeeNewPayers24h: 0,
  payeePayers24h: 0,
  amount: 0,
  newPayeeSum24h: 1,
  leavingSum24h: 0,
  attemptedSum24h: 0,
  redeemedSum24h: 0,
  nearEqualSum24h: 0,
  largestPayment: 0,
  payeeIn24h: 0,
  payeeOut24h: 0,
  shareLeaving24h: 1,
  timesLargest: 1,
  payeePassThrough: 0,
  hourShare: -1,
  travelKmh: 1,
  otherDevice: 1,
  deviceKnown: -1,
  deviceTrusted: -1,
  remoteControl: 1,
  callInProgress: 1,
  emulator: 1,
  newPayee: 1,
  payeePaidUs: -1,
  payeeSharesDevice: 0,
  rooted: 1,
  accessibilityAbuse: 1,
  appTampered: 1,
  'proof=sms': 1,
  'proof=trusted_device': -1,
  'forwarding=yes': 1,
  'simSwap=yes': 1,
  'silence=yes': 1,
  'source=fund': 0,
  'payeeKind=merchant': 0,
  'deviceAddedBy=reset': 1,
  'malware=yes': 1,
  'phishing=yes': 1,
  'networkKind=tor': 1,
  'networkKind=data_centre': 1,
  'networkKind=vpn': 0,
  'step=withdrawal': 0,
} as const satisfies Record<string, -1 | 0 | 1>

export const modelFeatureNames = Object.keys(modelFeatures)

/** One feature: a fact as a number, or whether it is a word. */
export interface Feature {
  readonly fact: FactName
  readonly word: string | null
}

/** Facts into a row of a model. The one way there is: live, in replay and in training. */
export type FeatureReader = (facts: Facts, row: Float32Array) => void

/** Errors: the place in the list whose name is no feature of the facts. */
export function parseFeatures(names: readonly string[]): Result<readonly Feature[], number> {
  const features: Feature[] = []
  for (const [index, name] of names.entries()) {
    const [fact = '', word, ...more] = name.split('=')
    if (!Object.hasOwn(factFields, fact) || more.length > 0) return fail(index)
    const words: unknown = factFields[fact as FactName]
    const fits = Array.isArray(words) ? words.includes(word) : word === undefined
    if (!fits) return fail(index)
    features.push({ fact: fact as FactName, word: word ?? null })
  }
  return ok(features)
}

export function createFeatureReader(features: readonly Feature[]): FeatureReader {
  return (facts, row) => {
    for (let i = 0; i < features.length; i += 1) {
      const { fact, word } = features[i] as Feature
      const value = facts[fact]
      row[i] = word === null ? Number(value) : value === word ? 1 : 0
    }
  }
}
