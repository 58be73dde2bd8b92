import { day, localTimeOf, minute, type Instant } from '#kernel'
import { addedInVersion2, never, largest, type addedInVersion3, type Facts } from './facts.ts'
import type { GuardInput, TerminalFacts } from './guard-input.ts'
import {
  countAt,
  distinctIn,
  dormantDays,
  findPayee,
  findPayer,
  flowSince,
  hourShare,
  lifetimePaid,
  muleLinks,
  muleSince,
  nearAmount,
  networkFirstSeen,
  newParties,
  openHolder,
  otherPlaces,
  readWindows,
  slotOf,
  sumAt,
  windowTotals,
  type HolderView,
  type Party,
  type WindowTotals,
} from './holder-profile.ts'
import { customersSince, hasSeen, mulesSeen } from './link-profile.ts'
import { hashOf } from './profile-layout.ts'

/** The profiles of a step's parties; null: nothing known yet. */
export interface Profiles {
  readonly holder: Uint8Array | null
  readonly payee: Uint8Array | null
  readonly device: Uint8Array | null
  readonly network: Uint8Array | null
}

/** Amounts within this of each other count as nearly equal. */
const nearPercent = 5
const none = 0
const oneHour = 0
const oneDay = 1
const month = 3

const paid1h = slotOf('paid', oneHour)
const paid24h = slotOf('paid', oneDay)
const paid30d = slotOf('paid', month)
const withdrawn24h = slotOf('withdrawn', oneDay)
const redeemed24h = slotOf('redeemed', oneDay)
const attempted24h = slotOf('attempted', oneDay)
const received24h = slotOf('received', oneDay)

/** Room for one reading; filled and used up within one call of gatherFacts. */
const own: WindowTotals = windowTotals()
const noFlow = { in: 0, out: 0 }

/**
 * The one way facts come to be: for live decisions of every step, for tests and for replays.
 * Profiles are as they stood BEFORE this step; the step itself is added here where a fact says so.
 */
export function gatherFacts(input: GuardInput, profiles: Profiles, now: Instant): Facts {
  const holder = profiles.holder === null ? null : openHolder(profiles.holder)
  const payee = profiles.payee === null ? null : openHolder(profiles.payee)
  if (holder === null) own.fill(0)
  else readWindows(holder, now, own)
  const amount = input.money === null ? 0 : Number(input.money.amount)
  const money = moneyFacts(input, amount)
  return factsOf(input, now, {
    amount,
    holder,
    payee,
    money,
    paidTo: payeeFacts(input, holder, { now, amount }),
    near: nearFacts(input.step === 'payment' ? holder : null, now, amount),
    link: linkFacts(input, { ...profiles, view: holder }, now),
    before: holder === null ? nothingPaid : lifetimePaid(holder),
    flow: payee === null ? noFlow : flowSince(payee, now - day),
    terminal: input.deviceSignals.terminal ?? addedInVersion2,
    newPayers24h: payee === null ? 0 : newParties(payee, 'payers', now - day).count,
    ring: ringFacts({ holder, payee, device: profiles.device, leaving: money.leavingSum24h }, now),
  })
}

const nothingPaid = { count: 0, max: 0 }

type RingFacts = Pick<Facts, keyof typeof addedInVersion3>

interface Read {
  readonly amount: number
  readonly holder: HolderView | null
  readonly payee: HolderView | null
  readonly money: ReturnType<typeof moneyFacts>
  readonly paidTo: ReturnType<typeof payeeFacts>
  readonly near: ReturnType<typeof nearFacts>
  readonly link: ReturnType<typeof linkFacts>
  readonly before: { readonly count: number; readonly max: number }
  readonly flow: { readonly in: number; readonly out: number }
  readonly terminal: TerminalFacts
  readonly newPayers24h: number
  readonly ring: RingFacts
}

/** One literal with every fact: objects of one shape, quick to make and quick to read. */
function factsOf(input: GuardInput, now: Instant, read: Read): Facts {
  const { customer, device, session, sms, deviceSignals, payee: to } = input
  return {
    step: input.step,
    proof: input.proof,
    forwarding: sms.forwarding,
    simSwap: sms.simSwap,
    silence: sms.silence,
    source: input.money === null ? 'none' : input.money.source,
    payeeKind: to === null ? 'none' : to.kind,
    deviceAddedBy: device.addedBy ?? 'none',
    hasSession: session !== null,
    otherDevice: session !== null && session.otherDevice,
    deviceKnown: device.addedAt !== null,
    deviceTrusted: device.trusted,
    remoteControl: deviceSignals.remoteControl,
    callInProgress: deviceSignals.callInProgress,
    emulator: deviceSignals.emulator,
    newPayee: read.paidTo.newPayee,
    payeePaidUs: read.paidTo.payeePaidUs,
    payeeSharesDevice: read.link.payeeSharesDevice,
    smsSignalAge: minutesSince(sms.observedAt, now),
    customerAge: minutesSince(customer.createdAt, now),
    passwordAge: minutesSince(customer.passwordChangedAt, now),
    resetAge: minutesSince(customer.lastResetAt, now),
    sessionAge: session === null ? none : minutesSince(session.startedAt, now),
    deviceAge: device.addedAt === null ? none : minutesSince(device.addedAt, now),
    networkAge: read.link.networkAge,
    payeeAge: to === null ? never : minutesSince(to.createdAt, now),
    bankAccountAge: minutesSince(input.bankAccount?.linkedAt ?? null, now),
    dormantDays: count(dormancy(input, read.holder, now)),
    failedSignIns24h: count(customer.failedSignIns24h),
    deviceCustomers: read.link.deviceCustomers,
    networkCustomers: read.link.networkCustomers,
    devices24h: read.link.devices24h,
    networks24h: read.link.networks24h,
    paymentsToPayee: read.paidTo.paymentsToPayee,
    newPayees24h: read.paidTo.newPayees24h,
    payments1h: count(countAt(own, paid1h)),
    payments24h: count(countAt(own, paid24h)),
    payments30d: count(countAt(own, paid30d)),
    attempts24h: count(countAt(own, attempted24h)),
    nearEqual24h: read.near.nearEqual24h,
    paymentsEver: count(read.before.count),
    payeeDeviceCustomers: count(to === null ? 0 : to.deviceCustomers),
    payeeNewPayers24h: count(read.newPayers24h),
    payeePayers24h: read.payee === null ? 0 : distinctIn(read.payee, 'payers', now - day),
    amount: fen(read.amount),
    newPayeeSum24h: read.paidTo.newPayeeSum24h,
    attemptedSum24h: fen(sumAt(own, attempted24h)),
    nearEqualSum24h: read.near.nearEqualSum24h,
    largestPayment: read.before.max,
    payeeIn24h: fen(read.flow.in),
    payeeOut24h: fen(read.flow.out),
    timesLargest: percentOf(read.amount, read.before.max),
    payeePassThrough: read.flow.out === 0 ? 0 : percentOf(read.flow.out, read.flow.in),
    hourShare: read.holder === null ? 100 : hourShare(read.holder, localTimeOf(now)),
    malware: read.terminal.malware,
    phishing: read.terminal.phishing,
    networkKind: read.terminal.networkKind,
    rooted: read.terminal.rooted,
    accessibilityAbuse: read.terminal.accessibilityAbuse,
    appTampered: read.terminal.appTampered,
    feedStale: read.terminal.feedStale,
    travelKmh: read.terminal.travelKmh,
    ...read.money,
    ...read.ring,
  }
}

function moneyFacts(
  input: GuardInput,
  amount: number,
): Pick<Facts, 'leavingSum24h' | 'redeemedSum24h' | 'shareLeaving24h'> {
  const leaves = input.step === 'payment' || input.step === 'withdrawal'
  const redeems = input.step === 'redeem' || input.money?.source === 'fund'
  const gone = sumAt(own, paid24h) + sumAt(own, withdrawn24h)
  const leaving = gone + (leaves ? amount : 0)
  const held =
    input.money === null ? 0 : Number(input.money.walletAvailable + input.money.fundUnits)
  return {
    leavingSum24h: fen(leaving),
    redeemedSum24h: fen(sumAt(own, redeemed24h) + (redeems ? amount : 0)),
    shareLeaving24h: leaving === 0 ? 0 : percentOf(leaving, held + gone),
  }
}

/** What is known of rings: money gathered and spread, and known mules at one and two hops. */
function ringFacts(
  seen: {
    readonly holder: HolderView | null
    readonly payee: HolderView | null
    readonly device: Uint8Array | null
    readonly leaving: number
  },
  now: Instant,
): RingFacts {
  const { holder, payee, device, leaving } = seen
  const received = sumAt(own, received24h)
  return {
    payeeKnownMule: payee !== null && muleSince(payee) !== null,
    customerKnownMule: holder !== null && muleSince(holder) !== null,
    payeeMuleLinks: payee === null ? 0 : muleLinks(payee),
    customerMuleLinks: holder === null ? 0 : muleLinks(holder),
    deviceMules: device === null ? 0 : mulesSeen(device),
    payeePayees24h: payee === null ? 0 : distinctIn(payee, 'payees', now - day),
    payees24h: holder === null ? 0 : distinctIn(holder, 'payees', now - day),
    newPayers24h: holder === null ? 0 : count(newParties(holder, 'payers', now - day).count),
    receivedSum24h: fen(received),
    passThrough: received === 0 ? 0 : percentOf(leaving, received),
  }
}

function payeeFacts(
  { payee }: GuardInput,
  holder: HolderView | null,
  { now, amount }: { now: Instant; amount: number },
): Pick<Facts, 'newPayee' | 'payeePaidUs' | 'paymentsToPayee' | 'newPayees24h' | 'newPayeeSum24h'> {
  const hash = payee === null ? 0 : hashOf(payee.id)
  const met: Party | undefined = holder === null || hash === 0 ? undefined : findPayee(holder, hash)
  const newPayee = payee !== null && (met === undefined || met.first > now - day)
  const others = holder === null ? noParties : newParties(holder, 'payees', now - day)
  return {
    newPayee,
    payeePaidUs: holder !== null && hash !== 0 && findPayer(holder, hash) !== undefined,
    paymentsToPayee: met === undefined ? 0 : met.count,
    newPayees24h: count(others.count + (newPayee && met === undefined ? 1 : 0)),
    newPayeeSum24h: fen(others.sum + (newPayee ? amount : 0)),
  }
}

const noParties = { count: 0, sum: 0 }

function nearFacts(
  holder: HolderView | null,
  now: Instant,
  amount: number,
): Pick<Facts, 'nearEqual24h' | 'nearEqualSum24h'> {
  if (amount === 0) return { nearEqual24h: 0, nearEqualSum24h: 0 }
  if (holder === null) return { nearEqual24h: 1, nearEqualSum24h: fen(amount) }
  const near = nearAmount(holder, now - day, { amount, percent: nearPercent })
  return { nearEqual24h: count(near.count + 1), nearEqualSum24h: fen(near.sum + amount) }
}

function linkFacts(
  { parties, payee }: GuardInput,
  profiles: Pick<Profiles, 'device' | 'network'> & { readonly view: HolderView | null },
  now: Instant,
): Pick<
  Facts,
  | 'networkAge'
  | 'deviceCustomers'
  | 'networkCustomers'
  | 'devices24h'
  | 'networks24h'
  | 'payeeSharesDevice'
> {
  const { view: holder } = profiles
  const network = parties.network === null ? 0 : hashOf(parties.network)
  const device = parties.deviceId === null ? 0 : hashOf(parties.deviceId)
  const since = now - 30 * day
  const met = holder === null || network === 0 ? undefined : networkFirstSeen(holder, network)
  const seenHere = (id: string) => profiles.device !== null && hasSeen(profiles.device, hashOf(id))
  return {
    payeeSharesDevice: payee !== null && seenHere(payee.id),
    networkAge: met === undefined ? none : minutesSince(met, now),
    deviceCustomers: profiles.device === null ? 0 : customersSince(profiles.device, since),
    networkCustomers: profiles.network === null ? 0 : customersSince(profiles.network, since),
    devices24h:
      holder === null ? 0 : otherPlaces(holder, 'devices', { since: now - day, present: device }),
    networks24h:
      holder === null ? 0 : otherPlaces(holder, 'networks', { since: now - day, present: network }),
  }
}

function dormancy(input: GuardInput, holder: HolderView | null, now: Instant): number {
  if (holder !== null) return dormantDays(holder, now)
  const { lastActiveAt, createdAt } = input.customer
  return Math.max(0, Math.floor((now - (lastActiveAt ?? createdAt)) / day))
}

function minutesSince(at: Instant | null, now: Instant): number {
  if (at === null) return never
  return Math.min(never, Math.max(0, Math.floor((now - at) / minute)))
}

function count(value: number): number {
  return Math.min(largest.count, Math.max(0, value))
}

function fen(value: number): number {
  return Math.min(largest.fen, Math.max(0, value))
}

/** Rounded down; of nothing it is as much as can be said. */
function percentOf(part: number, whole: number): number {
  if (whole <= 0) return part <= 0 ? 0 : largest.percent
  return Math.min(largest.percent, Math.floor((part * 100) / whole))
}
