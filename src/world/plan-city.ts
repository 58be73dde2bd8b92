import { addDays, createSeededRandom, type LocalDate, type Random } from '#kernel'
import { bankNames, employerNames, personName, phoneModels, shops } from './names.ts'
import { cast, type City, type Habits, type Party, type Role } from './party.ts'

export interface CitySize {
  readonly people: number
  readonly shops: number
  readonly employers: number
  readonly mules: number
  readonly collectors: number
}

export const demoSize: CitySize = {
  people: 300,
  shops: 25,
  employers: 6,
  mules: 40,
  collectors: 10,
}

/** The first customers join so long before the history: 170 days, and the sleepers before them. */
const openDays = 170
const sleepersDays = 215

/** Local day on which the first customer of a city joins whose history begins on `from`. */
export function firstDayOf(from: LocalDate): LocalDate {
  return addDays(from, -sleepersDays - 1)
}

/** The whole city from its seed: who there is, and how everybody lives. */
export function planCity(seed: number, from: LocalDate, size: CitySize = demoSize): City {
  const random = createSeededRandom(seed)
  const makers: ((key: number) => Party)[] = []
  const add = (count: number, role: Role) => {
    for (let i = 0; i < count; i += 1) makers.push((key) => partyOf({ key, role, nth: i }))
  }
  const partyOf = (who: { key: number; role: Role; nth: number }): Party =>
    makeParty(who, { random, from, size })
  add(size.people, 'person')
  add(Math.min(size.shops, shops.length), 'shop')
  add(Math.min(size.employers, employerNames.length), 'employer')
  add(size.mules, 'mule')
  add(size.collectors, 'collector')
  const parties = makers.map((make, key) => make(key))
  const of = (role: Role) => parties.filter((party) => party.role === role)
  return {
    seed,
    parties,
    people: of('person'),
    shops: of('shop'),
    employers: of('employer'),
    mules: of('mule'),
    collectors: of('collector'),
  }
}

interface Plan {
  readonly random: Random
  readonly from: LocalDate
  readonly size: CitySize
}

function makeParty(
  { key, role, nth }: { key: number; role: Role; nth: number },
  plan: Plan,
): Party {
  const { random } = plan
  const merchant = role === 'shop' || role === 'employer'
  const shop = role === 'shop' ? (shops[nth] ?? null) : null
  const habits = role === 'person' ? habitsOf(key, plan) : null
  const usual = merchant ? (shop?.name ?? employerNames[nth] ?? `Firm ${nth}`) : personName(random)
  const number = String(key + 1).padStart(4, '0')
  return {
    key,
    role,
    kind: merchant ? 'merchant' : 'person',
    name: castNames[key] ?? usual,
    // Visitors type the first ones: short and easy to tell from the others.
    phone: `+861380000${number}`,
    idNumber: merchant ? null : idNumberOf(random),
    password: castPasswords[key] ?? `${random.pick(words)}-${random.pick(words)}-${number}`,
    // The accounts of the gang that everybody uses are run from one phone.
    deviceId:
      role === 'mule' && nth % plan.size.collectors === 1 ? 'dev_world_m0' : `dev_world_${number}`,
    deviceName: random.pick(phoneModels),
    network: `10.${20 + Math.floor(key / 200)}.${key % 200}`,
    bank: {
      name: random.pick(bankNames),
      accountNumber: `6222${String(100_000_000_000 + key * 7_919)}`,
      balance: role === 'employer' ? 5_000_000_00n : BigInt(random.between(120, 420)) * 1_000_00n,
    },
    joins: joinsOn(role, habits, plan),
    habits,
    shop,
  }
}

const castNames: Readonly<Record<number, string>> = {
  [cast.saver]: 'Lin Xiaomei',
  [cast.victim]: 'Victor Zhou',
}
const castPasswords: Readonly<Record<number, string>> = {
  [cast.saver]: 'plum-blossom-88',
  [cast.victim]: 'blue-kite-2025',
}
const words = 'jade river cloud tiger maple lotus silver harbour bamboo lantern cedar pearl'.split(
  ' ',
)

function joinsOn(role: Role, habits: Habits | null, { random, from }: Plan): LocalDate {
  if (role === 'shop' || role === 'employer') return addDays(from, -openDays)
  // Those who lend their account for it have opened it lately.
  if (role === 'mule') return addDays(from, -random.between(4, 24))
  if (habits?.dormant === true) return addDays(from, -sleepersDays)
  return addDays(from, -random.between(1, 8) * 20 + 2)
}

function habitsOf(key: number, { random, from, size }: Plan): Habits {
  const { people } = size
  const others = (count: number) =>
    [...new Set(Array.from({ length: count }, () => random.between(0, people - 1)))].filter(
      (other) => other !== key && other > cast.victim,
    )
  const saver = key === cast.saver || random.next() < 0.3
  const salary = BigInt(random.between(42, saver ? 210 : 140)) * 100_00n
  const tenant = key === cast.victim || random.next() < 0.45
  return {
    employer: people + Math.min(size.shops, shops.length) + random.between(0, size.employers - 1),
    payday: key === cast.saver ? 10 : random.pick([8, 10, 15, 20, 25]),
    salary: key === cast.saver ? 16_800_00n : salary,
    home: tenant
      ? {
          landlord: landlordOf(key, people),
          rent: key === cast.victim ? 3_400_00n : BigInt(random.between(14, 46)) * 100_00n,
          day: key === cast.victim ? 5 : random.between(4, 24),
        }
      : null,
    friends: others(random.between(2, 5)),
    shops: weightedShops(people, size, random),
    pace: 0.35 + random.next() * 1.5,
    savesPercent: saver ? random.between(50, 90) : random.between(0, 30),
    paysFromFund: key === cast.saver ? 0.4 : saver ? 0.05 : 0.01,
    cushion: BigInt(random.between(4, 18)) * 100_00n,
    trip:
      random.next() < 0.12
        ? {
            from: addDays(from, random.between(3, 26)),
            days: random.between(2, 5),
            network: `10.90.${random.between(1, 40)}`,
          }
        : null,
    dormant: key > cast.victim && key % 47 === 13,
  }
}

/** The last twentieth of the people let rooms; at most a handful of tenants each. */
function landlordOf(key: number, people: number): number {
  const landlords = Math.max(1, Math.floor(people / 8))
  const landlord = people - 1 - (key % landlords)
  return landlord === key ? Math.max(0, people - landlords - 1) : landlord
}

/** A person's own shops, the popular ones more often. */
function weightedShops(people: number, size: CitySize, random: Random): number[] {
  const there = shops.slice(0, size.shops)
  const bag = there.flatMap(({ weight }, nth) => Array.from({ length: weight }, () => people + nth))
  return Array.from({ length: 14 }, () => random.pick(bag))
}

/** Eighteen digits with the right check digit (GB 11643-1999). */
function idNumberOf(random: Random): string {
  const born = [random.between(1955, 2004), two(random.between(1, 12)), two(random.between(1, 28))]
  const body = `310101${born.join('')}${String(random.between(1, 999)).padStart(3, '0')}`
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
  const sum = weights.reduce((total, weight, place) => total + weight * Number(body[place]), 0)
  return `${body}${'10X98765432'[sum % 11]}`
}

function two(value: number): string {
  return String(value).padStart(2, '0')
}
