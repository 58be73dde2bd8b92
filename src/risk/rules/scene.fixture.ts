import assert from 'node:assert/strict'
import { test } from 'node:test'
import { day, hour } from '#kernel'
import { addToHolder } from '../add-to-holder.ts'
import { compilePolicy } from '../compile-policy.ts'
import { decide } from '../decide.ts'
import { addedInVersion2 } from '../facts.ts'
import { gatherFacts } from '../gather-facts.ts'
import { guardInput, saturday } from '../guard-input.fixture.ts'
import type { TerminalFacts } from '../guard-input.ts'
import { addToLink, withMule } from '../link-profile.ts'
import { linkToMule, markMule } from '../mule-marks.ts'
import { policyToday } from '../policies/policy-today.ts'
import { hashOf, type EventKind } from '../profile-layout.ts'
import type { Rule } from '../rule.ts'

type Changes = NonNullable<Parameters<typeof guardInput>[0]>

/** Something that happened before: how long ago on that Saturday, with whom, in fen. */
export interface Past {
  readonly kind: EventKind
  readonly ago: number
  readonly amount: number
  readonly party?: string
}

/** A step as the guard meets it: what the flow knows, and what the profiles remember. */
export interface Scene extends Changes {
  /** Ms after Saturday, 14:00; default 0. */
  readonly at?: number
  /** The customer's own past; default `ordinaryLife()`. */
  readonly past?: readonly Past[]
  readonly payeePast?: readonly Past[]
  /** So many other customers were seen on this device (network). */
  readonly deviceSeenBy?: number
  readonly networkSeenBy?: number
  /** Staff know the customer (the payee) as a mule, or so many mules one hop from the payee. */
  readonly ownMule?: boolean
  readonly payeeMule?: boolean
  readonly payeeLinks?: number
  /** Known mules among those seen on the device. */
  readonly deviceMules?: number
}

/** A month of payments of 100.00 to one payee, at two in the afternoon, from the own phone. */
export function ordinaryLife({ until = day, days = 30 } = {}): Past[] {
  return Array.from({ length: days }, (_, index) => ({
    kind: 'paid',
    ago: until + (days - 1 - index) * day,
    amount: 10_000,
    party: 'cus_payee',
  }))
}

/** The first 20,000.00 to somebody, of ten times as much. */
export const toStranger = {
  payee: { id: 'cus_stranger' },
  money: { amount: 2_000_000n, walletAvailable: 20_000_000n, fundUnits: 0n },
} as const satisfies Scene
export const toFriend = { payee: { id: 'cus_payee' } } as const satisfies Scene
export const small = { money: { amount: 20_000n } } as const satisfies Scene

export const ownPhone = {
  device: { addedAt: saturday - 400 * day, trusted: true, addedBy: 'sign_up' },
  parties: { deviceId: 'dev_own', network: '203.0.113' },
} as const satisfies Scene
/** Enrolled an hour ago. */
export const freshPhone = {
  device: { addedAt: saturday - hour, trusted: false, addedBy: 'sign_in' },
  parties: { deviceId: 'dev_fresh', network: '203.0.113' },
} as const satisfies Scene
/** Not one of the customer's, and from where he never was. */
export const strangePhone = {
  device: { addedAt: null, trusted: false, addedBy: null },
  parties: { deviceId: 'dev_strange', network: '198.51.100' },
} as const satisfies Scene

/** What lists and feeds say of the terminal. */
export function terminal(facts: Partial<TerminalFacts> = {}): Scene {
  return { deviceSignals: { terminal: { ...addedInVersion2, ...facts } } }
}

/** Whether the rule hits under `today`, with facts gathered as in a live decision. */
export function hits(rule: Rule, scene: Scene): boolean {
  const { at = 0, past = ordinaryLife(), payeePast = [], ...rest } = scene
  const { deviceSeenBy = 0, networkSeenBy = 0, deviceMules = 0, ...known } = rest
  const { ownMule = false, payeeMule = false, payeeLinks = 0, ...changes } = known
  const now = saturday + at
  const profiles = {
    holder: marked(lived(past, { device: 'dev_own', network: '203.0.113' }), ownMule),
    payee: linked(marked(lived(payeePast, null), payeeMule), payeeLinks),
    device: withMules(seenBy(deviceSeenBy), deviceMules),
    network: seenBy(networkSeenBy),
  }
  const policy = compilePolicy(policyToday)
  assert(policy.ok)
  const facts = gatherFacts(guardInput(changes, now), profiles, now)
  return decide(facts, policy.value).reasons.some(({ rule: id }) => id === rule.id)
}

function lived(past: readonly Past[], from: { device: string; network: string } | null) {
  const device = from === null ? 0 : hashOf(from.device)
  const network = from === null ? 0 : hashOf(from.network)
  let profile: Uint8Array | null = null
  for (const { kind, ago, amount, party } of past.toSorted((a, b) => b.ago - a.ago)) {
    const other = party === undefined ? 0 : hashOf(party)
    const seen = kind === 'received' ? { device: 0, network: 0 } : { device, network }
    profile = addToHolder(profile, { kind, at: saturday - ago, amount, party: other, ...seen })
  }
  return profile
}

function marked(profile: Uint8Array | null, isMule: boolean): Uint8Array | null {
  return isMule ? markMule(profile, saturday - hour) : profile
}

function linked(profile: Uint8Array | null, links: number): Uint8Array | null {
  let found = profile
  for (let i = 0; i < links; i += 1) found = linkToMule(found, saturday - hour)
  return found
}

function withMules(profile: Uint8Array | null, mules: number): Uint8Array | null {
  let found = profile
  for (let i = 0; i < mules && found !== null; i += 1) found = withMule(found, 1)
  return found
}

function seenBy(customers: number): Uint8Array | null {
  let profile: Uint8Array | null = null
  for (let i = 0; i < customers; i += 1) {
    profile = addToLink(profile, hashOf(`cus_other_${i}`), saturday - 2 * day)
  }
  return profile
}

/** A scene with some of it otherwise; groups are merged field by field. */
export function but(scene: Scene, change: Scene): Scene {
  const merged: Record<string, unknown> = { ...scene }
  for (const [name, value] of Object.entries(change)) {
    const before = merged[name]
    const isGroup = before !== null && typeof before === 'object' && !Array.isArray(before)
    const groups = isGroup && value !== null && typeof value === 'object' && !Array.isArray(value)
    merged[name] = groups ? { ...before, ...(value as object) } : (value as unknown)
  }
  return merged
}

/** The tests of one rule: its thief, and honest people who differ from him in one thing only. */
export function ruleTests(
  rule: Rule,
  { thief, honest }: { thief: Scene; honest: Readonly<Record<string, Scene>> },
): void {
  const whom = `${rule.thief.charAt(0).toLowerCase()}${rule.thief.slice(1)}`
  void test(`${rule.id} hits who ${whom}`, () => {
    assert(hits(rule, thief))
  })
  for (const [who, change] of Object.entries(honest)) {
    void test(`${rule.id} leaves alone ${who}`, () => {
      assert(!hits(rule, but(thief, change)))
    })
  }
  void test(`${rule.id} leaves alone an ordinary customer at each of its steps`, () => {
    for (const step of rule.steps) assert(!hits(rule, step === 'payment' ? {} : { step }))
  })
}
