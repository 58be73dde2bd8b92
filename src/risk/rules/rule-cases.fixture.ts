import { never, type Facts } from '../facts.ts'

interface RuleCase {
  /** Facts of an ordinary payment changed to the thief's. */
  readonly thief: Partial<Facts>
  /** The thief's facts changed back to an honest person's: each alone must not hit. */
  readonly honest: readonly Partial<Facts>[]
}

const hour = 60
const day = 24 * hour

/** A payment of 20,000.00 to somebody never paid. */
const large = {
  newPayee: true,
  paymentsToPayee: 0,
  newPayees24h: 1,
  amount: 2_000_000,
  newPayeeSum24h: 2_000_000,
  leavingSum24h: 2_000_000,
} as const
const strange = { deviceKnown: false, deviceTrusted: false, deviceAge: 0, networkAge: 0 } as const
const known = { newPayee: false, newPayees24h: 0, newPayeeSum24h: 0 } as const

/** For every rule: the thief it was written for, and honest people who look like him. */
export const ruleCases: Readonly<Record<string, RuleCase>> = {
  'sms-intercepted': {
    thief: { step: 'reset', proof: 'sms', forwarding: 'yes' },
    honest: [{ forwarding: 'no' }, { proof: 'trusted_device' }],
  },
  'sms-silence': {
    thief: { step: 'reset', proof: 'sms', silence: 'unknown' },
    honest: [{ silence: 'no' }, { proof: 'password' }],
  },
  'sms-signal-stale': {
    thief: { step: 'sign_in', proof: 'sms', smsSignalAge: never },
    honest: [{ smsSignalAge: 5 }, { proof: 'password' }],
  },
  'reset-by-text': {
    thief: { ...strange, step: 'reset', proof: 'sms' },
    honest: [{ deviceTrusted: true }, { proof: 'trusted_device' }],
  },
  'sim-change-untrusted-device': {
    thief: { simSwap: 'yes', deviceTrusted: false },
    honest: [{ simSwap: 'no' }, { deviceTrusted: true }],
  },
  'new-device-sign-in': {
    thief: { ...strange, step: 'sign_in', proof: 'password' },
    honest: [{ deviceKnown: true }, { proof: 'trusted_device' }],
  },
  'new-device-cool-off': {
    thief: { ...large, deviceTrusted: false, deviceAge: hour },
    honest: [{ deviceTrusted: true }, { deviceAge: 30 * day }, known, { leavingSum24h: 20_000 }],
  },
  'changed-then-pay': {
    thief: { ...large, resetAge: hour, deviceTrusted: false },
    honest: [{ resetAge: 90 * day }, { deviceTrusted: true }, known],
  },
  'sign-in-after-failures': {
    thief: { step: 'sign_in', failedSignIns24h: 9, deviceTrusted: false },
    honest: [{ failedSignIns24h: 2 }, { deviceTrusted: true }],
  },
  'crowded-network': {
    thief: { ...strange, step: 'sign_in', networkCustomers: 40, failedSignIns24h: 1 },
    honest: [{ networkCustomers: 3 }, { deviceKnown: true }, { failedSignIns24h: 0 }],
  },
  'session-other-device': {
    thief: { ...strange, step: 'redeem', otherDevice: true },
    honest: [{ otherDevice: false }],
  },
  'session-other-place': {
    thief: { ...strange, otherDevice: true },
    honest: [{ otherDevice: false }, { networkAge: 300 * day }],
  },
  'new-payee-sum': {
    thief: { ...large, newPayeeSum24h: 6_000_000 },
    honest: [{ newPayee: false }, { newPayeeSum24h: 300_000 }],
  },
  'first-payment-large': { thief: large, honest: [known, { newPayeeSum24h: 20_000 }] },
  'redeem-then-pay': {
    thief: { ...large, redeemedSum24h: 10_000_000 },
    honest: [known, { redeemedSum24h: 0 }, { leavingSum24h: 20_000 }],
  },
  'balance-drain': {
    thief: { ...large, shareLeaving24h: 90 },
    honest: [known, { shareLeaving24h: 10 }, { leavingSum24h: 30_000 }],
  },
  'remote-control': {
    thief: { ...large, remoteControl: true },
    honest: [{ remoteControl: false }, known],
  },
  emulator: {
    thief: { emulator: true, deviceTrusted: false },
    honest: [{ emulator: false }, { deviceTrusted: true }],
  },
  'amount-drift': {
    thief: { ...large, timesLargest: 4_000 },
    honest: [known, { timesLargest: 110 }, { paymentsEver: 2 }],
  },
  'unusual-hour': {
    thief: { ...large, hourShare: 1 },
    honest: [known, { hourShare: 40 }, { amount: 20_000 }],
  },
  'dormant-woken': {
    thief: { ...large, dormantDays: 400 },
    honest: [known, { dormantDays: 20 }, { amount: 20_000 }],
  },
  'payee-pass-through': {
    thief: { ...large, payeeKind: 'person', payeeIn24h: 4_000_000, payeePassThrough: 95 },
    honest: [known, { payeeKind: 'merchant' }, { payeePassThrough: 10 }, { payeePaidUs: true }],
  },
  'payee-many-new-payers': {
    thief: { ...large, payeeKind: 'person', payeeAge: 3 * day, payeeNewPayers24h: 8 },
    honest: [known, { payeeAge: 400 * day }, { payeeNewPayers24h: 2 }, { payeeKind: 'merchant' }],
  },
  'payee-shared-device': {
    thief: { ...large, payeeKind: 'person', payeeDeviceCustomers: 9 },
    honest: [known, { payeeDeviceCustomers: 3 }],
  },
  'device-shared': {
    thief: { ...large, deviceCustomers: 9, deviceTrusted: false },
    honest: [{ deviceCustomers: 3 }, { deviceTrusted: true }, known],
  },
  'split-amounts': {
    thief: { ...large, nearEqual24h: 5, nearEqualSum24h: 10_000_000, newPayees24h: 5 },
    honest: [known, { nearEqual24h: 1 }, { nearEqualSum24h: 10_000 }],
  },
  'new-payees-burst': {
    thief: { ...large, newPayees24h: 6 },
    honest: [known, { newPayees24h: 1 }, { newPayeeSum24h: 20_000 }],
  },
  'repeated-attempts': {
    thief: { ...large, attempts24h: 4, attemptedSum24h: 8_000_000 },
    honest: [known, { attempts24h: 1 }],
  },
  'call-while-paying': {
    thief: { ...large, callInProgress: true },
    honest: [known, { callInProgress: false }, { amount: 20_000 }],
  },
  'bank-account-cool-off': {
    thief: { step: 'withdrawal', bankAccountAge: hour, leavingSum24h: 5_000_000 },
    honest: [{ bankAccountAge: 90 * day }, { leavingSum24h: 50_000 }],
  },
  'rooted-device': {
    thief: { rooted: true, deviceTrusted: false },
    honest: [{ rooted: false }, { deviceTrusted: true }],
  },
  'accessibility-abuse': {
    thief: { ...large, accessibilityAbuse: true },
    honest: [known, { accessibilityAbuse: false }],
  },
  'app-tampered': { thief: { appTampered: true }, honest: [{ appTampered: false }] },
  'known-malware': {
    thief: { malware: 'yes' },
    honest: [{ malware: 'no' }, { malware: 'unknown', feedStale: true }],
  },
  'phishing-visited': {
    thief: { ...large, phishing: 'yes' },
    honest: [known, { phishing: 'no' }, { phishing: 'unknown', feedStale: true }],
  },
  'anonymous-network': {
    thief: { ...strange, step: 'sign_in', networkKind: 'tor' },
    honest: [{ deviceTrusted: true }, { networkKind: 'mobile' }, { networkKind: 'unknown' }],
  },
  'impossible-travel': {
    thief: { ...strange, travelKmh: 15_000 },
    honest: [{ deviceTrusted: true }, { travelKmh: 850 }, { travelKmh: 0 }],
  },
  'link-bank-untrusted': {
    thief: { step: 'link_bank_account', deviceTrusted: false, deviceAge: hour },
    honest: [{ deviceTrusted: true }, { deviceAge: 90 * day, passwordAge: never, resetAge: never }],
  },
}
