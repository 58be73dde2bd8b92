import { decodeJson, sha256Hex, type Instant } from '#kernel'
import type { GuardInput } from '../guard-input.ts'

export const listNames = ['allow', 'watch', 'block'] as const
export type ListName = (typeof listNames)[number]

/** What an entry names: who acts, who is paid, or where from. */
export const listKinds = ['account', 'payee', 'phone', 'device', 'network'] as const
export type ListKind = (typeof listKinds)[number]

/** An entry as far as a decision needs it. */
export interface Listed {
  readonly id: string
  readonly list: ListName
  readonly kind: ListKind
  /** An id or network as the guard sees it; of a phone number `phoneHash`. */
  readonly value: string
  /** A block that no allow entry overrides. */
  readonly final: boolean
  /** null: until it is removed. */
  readonly until: Instant | null
}

/** A rule that does not count for one account. */
export interface Snoozed {
  readonly id: string
  readonly rule: string
  readonly account: string
  readonly until: Instant
}

/** All that is in force, in the row of the active policy; replaced as a whole by every change. */
export interface MeasureSet {
  readonly listed: readonly Listed[]
  readonly snoozed: readonly Snoozed[]
}

/** What of it touched one decision: kept with it, so that it can be computed again. */
export interface Measures {
  readonly listed: readonly Pick<Listed, 'id' | 'list' | 'kind' | 'final'>[]
  /** Ids of rules. */
  readonly snoozed: readonly string[]
}

/** Together at most: the set travels with the active policy to every process. */
export const mostMeasures = 5_000

/** How a phone number is named in a list: never in the clear. */
export function phoneHash(phone: string): string {
  return sha256Hex(`listed phone ${phone}`)
}

/** As a decision's row has them, read as text. */
export function readMeasures(text: string | null): Measures | null {
  return text === null ? null : (decodeJson(text) as Measures)
}

interface Index {
  readonly byPlace: ReadonlyMap<string, readonly Listed[]>
  readonly hasPhones: boolean
  readonly byAccount: ReadonlyMap<string, readonly Snoozed[]>
}

/** A set is replaced, never changed: what was made of it holds as long as it does. */
const indexes = new WeakMap<MeasureSet, Index>()

function indexOf(set: MeasureSet): Index {
  const known = indexes.get(set)
  if (known !== undefined) return known
  const byPlace = grouped(set.listed, ({ kind, value }) => `${kind} ${value}`)
  const byAccount = grouped(set.snoozed, ({ account }) => account)
  const hasPhones = set.listed.some(({ kind }) => kind === 'phone')
  const index = { byPlace, byAccount, hasPhones }
  indexes.set(set, index)
  return index
}

function grouped<T>(all: readonly T[], key: (one: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const one of all) {
    const group = groups.get(key(one))
    if (group === undefined) groups.set(key(one), [one])
    else group.push(one)
  }
  return groups
}

/** What is in force for a step at this moment; null: nothing. */
export function measuresFor(set: MeasureSet, input: GuardInput, now: Instant): Measures | null {
  const { byPlace, byAccount, hasPhones } = indexOf(set)
  const listed: Measures['listed'][number][] = []
  const look = (kind: ListKind, value: string | null | undefined): void => {
    if (value === null || value === undefined) return
    for (const { id, list, final, until } of byPlace.get(`${kind} ${value}`) ?? []) {
      if (until === null || now < until) listed.push({ id, list, kind, final })
    }
  }
  const { customer, payee, parties } = input
  look('account', customer.id)
  look('payee', payee?.id)
  look('device', parties.deviceId)
  look('network', parties.network)
  if (hasPhones && customer.phone !== undefined) look('phone', phoneHash(customer.phone))
  const sleeping = (byAccount.get(customer.id) ?? []).filter(({ until }) => now < until)
  if (listed.length === 0 && sleeping.length === 0) return null
  return { listed, snoozed: sleeping.map(({ rule }) => rule) }
}
