import type { Flows } from '#flows'
import type { Ids, Instant, Random } from '#kernel'
import type { CarrierSimulator } from '#partners'
import type { Payment } from '#wallet'
import type { Hands, PayWish } from './hands.ts'
import type { Life, Seen } from './life.ts'
import { type City, isCast, type Party } from './party.ts'

/** What a held payment really was; only the world knows. */
export type Truth = Map<string, 'theft' | 'honest'>

/** Everything an unusual event is played with. */
export interface Scene {
  readonly city: City
  readonly lives: ReadonlyMap<number, Life>
  readonly hands: Hands
  readonly flows: Flows
  readonly carrier: CarrierSimulator
  readonly ids: Ids
  readonly random: Random
  readonly truth: Truth
  now(): Instant
  /** Lets simulated time pass. */
  wait(ms: number): Promise<void>
  /** Goes on with it after so much simulated time, whatever else happens meanwhile. */
  later(ms: number, work: () => Promise<void>): void
}

/** An unusual event. What comes of it, the rules decide. */
export interface Story {
  readonly name: string
  readonly theft: boolean
  /** How often it happens, compared with the others. */
  readonly weight: number
  play(scene: Scene): Promise<void>
}

/** Somebody to whom nothing else unusual happens now; undefined: nobody fits. */
export function somebody(
  scene: Scene,
  fits: (party: Party) => boolean = () => true,
): Life | undefined {
  const { city, lives, random } = scene
  for (let attempt = 0; attempt < 60; attempt += 1) {
    const party = random.pick(city.people)
    const life = lives.get(party.key)
    if (life === undefined || life.busy || isCast(party.key)) continue
    if (party.habits?.dormant !== true && fits(party)) return life
  }
  return undefined
}

/**
 * Whose mules a thief uses: those of a gang that nothing is known of yet (`fresh`, until there is
 * none left), of the gang that everybody uses (`known`), or of the one kept for the cast.
 */
export type Gang = 'fresh' | 'known' | 'of the cast'

/** So many different mules of one gang, as they come. */
export function someMules(scene: Scene, wanted: number, whose: Gang = 'known'): Life[] {
  const { city, lives, random } = scene
  const gang = chooseGang(scene, whose)
  const there = city.mules
    .filter((_, nth) => gangOf(city, nth) === gang)
    .flatMap(({ key }) => lives.get(key) ?? [])
  const first = there.length === 0 ? 0 : random.between(0, there.length - 1)
  return [...there.slice(first), ...there.slice(0, first)].slice(0, wanted)
}

/** To whom a mule passes on what he gets; undefined: he has not joined yet. */
export function collectorOf({ city, lives }: Scene, mule: Life): Life | undefined {
  const nth = city.mules.findIndex(({ key }) => key === mule.party.key)
  const collector = city.collectors[gangOf(city, Math.max(0, nth))]
  return collector === undefined ? undefined : lives.get(collector.key)
}

/** Gangs of which staff or rules have found out. A demo that is started again forgets. */
const foundOut = new WeakMap<City, Set<number>>()

/** One gang per collector. Staff who find out about one mule find the others. */
function gangOf({ collectors }: City, nth: number): number {
  return nth % Math.max(1, collectors.length)
}

function chooseGang({ city, random }: Scene, whose: Gang): number {
  const gangs = Math.max(1, city.collectors.length)
  if (whose === 'of the cast') return 0
  if (whose === 'known' || gangs < 3) return gangs > 1 ? 1 : 0
  const known = foundOut.get(city)
  const fresh = Array.from({ length: gangs - 2 }, (_, i) => i + 2).filter((i) => !known?.has(i))
  return fresh[0] ?? random.between(1, gangs - 1)
}

/** A thief who was stopped, or whose victim noticed, takes other mules the next time. */
export function noteFoundOut({ city }: Scene, mules: readonly Life[]): void {
  const known = foundOut.get(city) ?? new Set<number>()
  for (const { party } of mules) {
    const nth = city.mules.findIndex(({ key }) => key === party.key)
    if (nth >= 0) known.add(gangOf(city, nth))
  }
  foundOut.set(city, known)
}

/** A stranger of the victim's: somebody he never pays. */
export function stranger(scene: Scene, to: Life): Life | undefined {
  const known = to.party.habits
  return somebody(
    scene,
    ({ key }) =>
      key !== to.party.key &&
      known?.friends.includes(key) !== true &&
      known?.home?.landlord !== key,
  )
}

/** A device and network of a thief's own. */
export function thievesPhone({ random }: Scene): { deviceId: string; network: string } {
  const number = String(random.between(0, 999_999)).padStart(6, '0')
  return { deviceId: `dev_away_${number}`, network: `10.210.${random.between(0, 255)}` }
}

/** A thief's payment: paid as far as the rules let it, and remembered as what it is. */
export async function steal(
  scene: Scene,
  {
    from,
    to,
    amount,
    source = 'wallet',
    memo = null,
  }: Pick<PayWish, 'amount'> & Partial<PayWish> & { from: Life; to: Life },
  seen?: Seen,
): Promise<Payment | null> {
  const wish = { payee: to.customerId, amount, source, memo }
  const paid = await scene.hands.pay(from, wish, seen)
  if (paid !== null) scene.truth.set(paid.id, 'theft')
  if (paid?.state === 'held' || paid?.state === 'denied') noteFoundOut(scene, [to])
  return paid
}

/** An honest payment that may look odd. */
export async function giveMoney(
  scene: Scene,
  { from, to, amount, memo }: { from: Life; to: Life; amount: bigint; memo: string },
  seen?: Seen,
): Promise<Payment | null> {
  const wish = { payee: to.customerId, amount, source: 'wallet', memo } as const
  const paid = await scene.hands.pay(from, wish, seen)
  if (paid !== null) scene.truth.set(paid.id, 'honest')
  return paid
}

/** A round sum in yuan between two bounds, as fen. */
export function sumBetween(random: Random, from: number, to: number): bigint {
  const yuan = random.between(from, to)
  const step = yuan > 5_000 ? 100 : yuan > 500 ? 10 : 1
  return BigInt(Math.floor(yuan / step) * step) * 100n
}
