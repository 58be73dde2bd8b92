import type { LocalDate } from '#kernel'

/** What somebody does in the city. Only people have habits; a mule passes on what he gets. */
export type Role = 'person' | 'shop' | 'employer' | 'mule' | 'collector'

/** One of the city's customers as the seed makes him: the same seed, the same city. */
export interface Party {
  /** His place in `City.parties`. */
  readonly key: number
  readonly role: Role
  readonly kind: 'person' | 'merchant'
  readonly name: string
  /** E.164. */
  readonly phone: string
  /** null: a merchant. */
  readonly idNumber: string | null
  readonly password: string
  readonly deviceId: string
  readonly deviceName: string
  /** The /24 of his home. */
  readonly network: string
  readonly bank: {
    readonly name: string
    readonly accountNumber: string
    /** Fen there before anything happens. */
    readonly balance: bigint
  }
  /** Day of his sign-up. */
  readonly joins: LocalDate
  readonly habits: Habits | null
  readonly shop: Shop | null
}

/** How a person lives; parties by their keys, amounts in fen. */
export interface Habits {
  readonly employer: number
  /** Day of the month. */
  readonly payday: number
  readonly salary: bigint
  readonly home: { readonly landlord: number; readonly rent: bigint; readonly day: number } | null
  readonly friends: readonly number[]
  readonly shops: readonly number[]
  /** Purchases on an ordinary day, on average. */
  readonly pace: number
  /** Part of the salary that goes into the fund. */
  readonly savesPercent: number
  /** How often he pays a shop straight from the fund: 0 to 1. */
  readonly paysFromFund: number
  /** Fen he keeps in the wallet. */
  readonly cushion: bigint
  /** Some days away from home: another network. */
  readonly trip: {
    readonly from: LocalDate
    readonly days: number
    readonly network: string
  } | null
  /** Signed up, looked once, and never came back until he is woken. */
  readonly dormant: boolean
}

export interface Shop {
  readonly sells: string
  /** Fen, least and most of an ordinary purchase. */
  readonly from: number
  readonly to: number
  /** How many of a hundred purchases happen here rather than elsewhere. */
  readonly weight: number
}

export interface City {
  readonly seed: number
  readonly parties: readonly Party[]
  readonly people: readonly Party[]
  readonly shops: readonly Party[]
  readonly employers: readonly Party[]
  readonly mules: readonly Party[]
  readonly collectors: readonly Party[]
}

/** Those whom visitors of the demo sign in as: nothing happens to them by chance. */
export const cast = { saver: 0, victim: 1 } as const

export function isCast(key: number): boolean {
  return key === cast.saver || key === cast.victim
}
