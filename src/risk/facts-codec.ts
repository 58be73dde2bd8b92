import { InvariantError, invariant, required } from '#kernel'
import {
  addedInVersion2,
  addedInVersion3,
  factFields,
  factNames,
  type Facts,
  type FactType,
} from './facts.ts'

/** First byte of stored facts. A new version appends fields and keeps reading the old ones. */
export const factsVersion = 3

type Field = { readonly name: string; readonly values: readonly string[] }

/** Which fields a version has: enums, then flags, then numbers, each in the order of the list. */
interface Layout {
  readonly enums: readonly Field[]
  readonly flags: readonly string[]
  readonly numbers: readonly string[]
}

function layoutOf(names: readonly (keyof Facts)[]): Layout {
  const enums: Field[] = []
  const flags: string[] = []
  const numbers: string[] = []
  for (const name of names) {
    const type: FactType | readonly string[] = factFields[name]
    if (typeof type !== 'string') enums.push({ name, values: type })
    else if (type === 'flag') flags.push(name)
    else numbers.push(name)
  }
  return { enums, flags, numbers }
}

const layouts: Readonly<Record<number, Layout>> = {
  1: layoutOf(factNames.filter((name) => !(name in addedInVersion2 || name in addedInVersion3))),
  2: layoutOf(factNames.filter((name) => !(name in addedInVersion3))),
  3: layoutOf(factNames),
}
const { enums, flags, numbers } = required(layouts[factsVersion], 'layout')

const flagsAt = 1 + enums.length
const numbersAt = flagsAt + Math.ceil(flags.length / 8)
const room = new Uint8Array(numbersAt + numbers.length * 7)

/**
 * Facts as bytes: version, one byte per enum, flags packed, numbers as base-128 varints. An
 * ordinary payment takes about 75 bytes, a twentieth of its JSON. Fields are named one by one, in
 * the order of `factFields`: looking them up by name costs four times as much (a test holds the
 * two lists together).
 */
export function encodeFacts(facts: Facts): Uint8Array {
  room[0] = factsVersion
  room[1] = codeOf(0, facts.step)
  room[2] = codeOf(1, facts.proof)
  room[3] = codeOf(2, facts.forwarding)
  room[4] = codeOf(3, facts.simSwap)
  room[5] = codeOf(4, facts.silence)
  room[6] = codeOf(5, facts.source)
  room[7] = codeOf(6, facts.payeeKind)
  room[8] = codeOf(7, facts.deviceAddedBy)
  room[9] = codeOf(8, facts.malware)
  room[10] = codeOf(9, facts.phishing)
  room[11] = codeOf(10, facts.networkKind)
  room.fill(0, flagsAt, numbersAt)
  if (facts.hasSession) setFlag(0)
  if (facts.otherDevice) setFlag(1)
  if (facts.deviceKnown) setFlag(2)
  if (facts.deviceTrusted) setFlag(3)
  if (facts.remoteControl) setFlag(4)
  if (facts.callInProgress) setFlag(5)
  if (facts.emulator) setFlag(6)
  if (facts.newPayee) setFlag(7)
  if (facts.payeePaidUs) setFlag(8)
  if (facts.payeeSharesDevice) setFlag(9)
  if (facts.rooted) setFlag(10)
  if (facts.accessibilityAbuse) setFlag(11)
  if (facts.appTampered) setFlag(12)
  if (facts.feedStale) setFlag(13)
  if (facts.payeeKnownMule) setFlag(14)
  if (facts.customerKnownMule) setFlag(15)
  return room.slice(0, writeNumbers(facts))
}

function writeNumbers(facts: Facts): number {
  let end = numbersAt
  end = put(end, facts.smsSignalAge)
  end = put(end, facts.customerAge)
  end = put(end, facts.passwordAge)
  end = put(end, facts.resetAge)
  end = put(end, facts.sessionAge)
  end = put(end, facts.deviceAge)
  end = put(end, facts.networkAge)
  end = put(end, facts.payeeAge)
  end = put(end, facts.bankAccountAge)
  end = put(end, facts.dormantDays)
  end = put(end, facts.failedSignIns24h)
  end = put(end, facts.deviceCustomers)
  end = put(end, facts.networkCustomers)
  end = put(end, facts.devices24h)
  end = put(end, facts.networks24h)
  end = put(end, facts.paymentsToPayee)
  end = put(end, facts.newPayees24h)
  end = put(end, facts.payments1h)
  end = put(end, facts.payments24h)
  end = put(end, facts.payments30d)
  end = put(end, facts.attempts24h)
  end = put(end, facts.nearEqual24h)
  end = put(end, facts.paymentsEver)
  end = put(end, facts.payeeDeviceCustomers)
  end = put(end, facts.payeeNewPayers24h)
  end = put(end, facts.payeePayers24h)
  end = put(end, facts.amount)
  end = put(end, facts.newPayeeSum24h)
  end = put(end, facts.leavingSum24h)
  end = put(end, facts.attemptedSum24h)
  end = put(end, facts.redeemedSum24h)
  end = put(end, facts.nearEqualSum24h)
  end = put(end, facts.largestPayment)
  end = put(end, facts.payeeIn24h)
  end = put(end, facts.payeeOut24h)
  end = put(end, facts.shareLeaving24h)
  end = put(end, facts.timesLargest)
  end = put(end, facts.payeePassThrough)
  end = put(end, facts.hourShare)
  end = put(end, facts.travelKmh)
  end = put(end, facts.payeeMuleLinks)
  end = put(end, facts.customerMuleLinks)
  end = put(end, facts.deviceMules)
  end = put(end, facts.payeePayees24h)
  end = put(end, facts.payees24h)
  end = put(end, facts.newPayers24h)
  end = put(end, facts.receivedSum24h)
  end = put(end, facts.passThrough)
  return end
}

function codeOf(field: number, value: string): number {
  const { values, name } = required(enums[field], 'enum')
  const code = values.indexOf(value)
  if (code < 0) throw new InvariantError(`fact ${name} has no value ${value}`)
  return code
}

function setFlag(flag: number): void {
  const at = flagsAt + (flag >> 3)
  room[at] = (room[at] ?? 0) | (1 << (flag & 7))
}

function put(at: number, value: number): number {
  let end = at
  let rest = value
  while (rest >= 128) {
    room[end] = (rest % 128) | 128
    end += 1
    rest = Math.floor(rest / 128)
  }
  room[end] = rest
  return end + 1
}

/** What facts of an older version are read with. */
const absentIn: Readonly<Record<number, object>> = {
  1: { ...addedInVersion2, ...addedInVersion3 },
  2: addedInVersion3,
}

/** The facts as they were. Throws InvariantError on bytes that no version wrote. */
export function decodeFacts(bytes: Uint8Array): Facts {
  const layout = layouts[bytes[0] ?? 0]
  if (layout === undefined) {
    throw new InvariantError(`facts of unknown version ${bytes[0] ?? 'none'}`)
  }
  const values: Record<string, unknown> = { ...absentIn[bytes[0] ?? 0] }
  let at = 1
  const next = (): number => required(bytes[at++], 'facts byte')
  for (const { name, values: known } of layout.enums) values[name] = required(known[next()], name)
  for (let i = 0; i < layout.flags.length; i += 8) {
    const byte = next()
    for (let bit = 0; bit < 8; bit += 1) {
      const name = layout.flags[i + bit]
      if (name !== undefined) values[name] = (byte & (1 << bit)) !== 0
    }
  }
  for (const name of layout.numbers) {
    let value = 0
    let scale = 1
    for (;;) {
      const byte = next()
      value += (byte % 128) * scale
      if (byte < 128) break
      scale *= 128
    }
    values[name] = value
  }
  invariant(at === bytes.length, 'facts have trailing bytes')
  return values as unknown as Facts
}
