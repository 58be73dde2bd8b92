import {
  createSeededRandom,
  daysBetween,
  hour,
  type LocalDate,
  minute,
  type Random,
  weekdayOf,
} from '#kernel'
import type { City, Habits, Party } from './party.ts'
import type { Wish } from './wish.ts'

/** The day on which the city moves in: everybody tops up, savers save, firms try their payroll. */
export interface DayOfCity {
  readonly date: LocalDate
  /** First day of the history. */
  readonly from: LocalDate
}

interface Today extends DayOfCity {
  readonly city: City
  readonly random: Random
  /** 0 on the first day. */
  readonly nth: number
  /** Day of the month. */
  readonly dayOfMonth: number
  readonly weekend: boolean
}

/** What everybody does on an ordinary day, by time. The same seed and date: the same day. */
export function wishesOfDay(city: City, day: DayOfCity): Wish[] {
  const { date, from } = day
  const nth = daysBetween(from, date)
  const random = createSeededRandom(city.seed * 1_009 + nth * 7_919 + 1)
  const dayOfMonth = Number(date.slice(8))
  const weekend = [0, 6].includes(weekdayOf(date))
  const today: Today = { ...day, city, random, nth, dayOfMonth, weekend }
  const wishes = [
    ...city.people.flatMap((person) => wishesOfPerson(person, today)),
    ...city.employers.flatMap((firm) => wishesOfFirm(firm, today)),
    ...(nth === 0 ? firstMoney(today) : []),
  ]
  return wishes.toSorted((a, b) => a.at - b.at)
}

function wishesOfPerson(person: Party, today: Today): Wish[] {
  const { habits, key } = person
  if (habits === null || habits.dormant) return []
  const { random, nth } = today
  const wishes: Wish[] = []
  const add = (at: number, deed: Wish['deed']) => wishes.push({ at, who: key, deed })
  const count = poisson(habits.pace * (today.weekend ? 1.25 : 1), random)
  for (let i = 0; i < count; i += 1) wishes.push(purchaseOf(person, habits, today))
  if (habits.friends.length > 0 && random.next() < 0.07) add(evening(random), gift(habits, random))
  const { home } = habits
  if (home !== null && home.day === today.dayOfMonth) {
    const rent = {
      payee: home.landlord,
      amount: home.rent,
      source: 'wallet',
      memo: 'rent',
    } as const
    add(clock(9, random.between(0, 90)), { kind: 'pay', ...rent })
  }
  if (nth > 0) wishes.push(...savings(person, habits, today))
  if (random.next() < 0.012) add(clock(8, random.between(0, 700)), { kind: 'sign_in' })
  return wishes
}

/** In and out of the fund and the bank, now and then. */
function savings({ key: who }: Party, habits: Habits, { random, dayOfMonth, nth }: Today): Wish[] {
  const wishes: Wish[] = []
  const add = (at: number, deed: Wish['deed']) => wishes.push({ at, who, deed })
  const paid = dayOfMonth === habits.payday || nth === 1 || nth === 2
  const savesToday = paid ? habits.savesPercent > 25 : random.next() * 1_600 < habits.savesPercent
  if (savesToday) {
    const most = (habits.salary * BigInt(habits.savesPercent)) / 100n
    add(clock(12, random.between(0, 170)), { kind: 'save', most })
  }
  if (random.next() < 0.012 + habits.savesPercent / 5_000) {
    const amount = BigInt(random.between(2, 18)) * 100_00n
    const speed = random.next() < 0.7 ? 'fast' : 'normal'
    add(clock(10, random.between(0, 600)), { kind: 'redeem', amount, speed })
  }
  if (random.next() < 0.012) {
    const amount = BigInt(random.between(1, 15)) * 100_00n
    add(clock(11, random.between(0, 480)), { kind: 'withdraw', amount })
  }
  if (random.next() < 0.02) {
    const amount = BigInt(random.between(3, 20)) * 100_00n
    add(clock(8, random.between(0, 120)), { kind: 'top_up', amount })
  }
  return wishes
}

/** On payday a firm brings money in and pays its people; on the first day it tries with 1.00. */
function wishesOfFirm({ key: who, name }: Party, { city, dayOfMonth, nth }: Today): Wish[] {
  const staff = city.people.filter((person) => person.habits?.employer === who)
  const due = staff.filter(
    ({ habits }) =>
      habits !== null && !habits.dormant && (nth === 0 || habits.payday === dayOfMonth),
  )
  if (due.length === 0) return []
  const payOf = ({ habits }: Party): bigint => (nth === 0 ? 1_00n : (habits?.salary ?? 0n))
  const total = due.reduce((sum, person) => sum + payOf(person), 0n)
  const memo = nth === 0 ? `${name}: trial of the payroll` : `${name}: salary`
  return [
    { at: clock(8, 10), who, deed: { kind: 'top_up', amount: total } },
    ...due.map((person): Wish => {
      const amount = payOf(person)
      const pay = { payee: person.key, amount, source: 'wallet', memo, bulk: true } as const
      return { at: clock(9, 20), who, deed: { kind: 'pay', ...pay } }
    }),
  ]
}

/** On the first day everybody brings money from the bank, and savers put most of it away. */
function firstMoney({ city, random }: Today): Wish[] {
  return city.people.flatMap(({ key: who, habits }): Wish[] => {
    if (habits === null) return []
    const spend = BigInt(random.between(9, 40)) * 100_00n
    // The fund takes 20,000.00 a day from one person, and 100,000.00 in all.
    const save = habits.savesPercent > 30 ? BigInt(random.between(40, 190)) * 100_00n : 0n
    const at = clock(7, random.between(10, 60))
    const wishes: Wish[] = [{ at, who, deed: { kind: 'top_up', amount: spend + save * 2n } }]
    if (save > 0n) wishes.push({ at: clock(10, 30), who, deed: { kind: 'save', most: save } })
    return wishes
  })
}

/** What somebody buys in one of his shops, or once in a while in another one. */
export function purchaseOf(
  person: Party,
  habits: Habits,
  { city, random }: Pick<Today, 'city' | 'random'>,
): Wish {
  const anywhere = () => random.pick(city.shops.filter(({ shop }) => (shop?.weight ?? 0) > 0)).key
  const payee = random.next() < 0.88 ? random.pick(habits.shops) : anywhere()
  const shop = city.parties[payee]?.shop
  const amount = BigInt(random.between(shop?.from ?? 500, shop?.to ?? 5_000))
  const source = random.next() < habits.paysFromFund ? 'fund' : 'wallet'
  const deed = { kind: 'pay', payee, amount, source, memo: shop?.sells ?? null } as const
  return { at: timeOfPurchase(random), who: person.key, deed }
}

function gift(habits: Habits, random: Random): Wish['deed'] {
  const lucky = [6_66n, 8_88n, 16_80n, 52_00n, 66_00n, 88_00n, 168_00n, 200_00n]
  const amount = random.next() < 0.5 ? random.pick(lucky) : BigInt(random.between(12, 260)) * 100n
  const memo = random.pick(['lunch', 'red packet', 'for yesterday', 'tickets', 'happy birthday'])
  return { kind: 'pay', payee: random.pick(habits.friends), amount, source: 'wallet', memo }
}

/** Shops are full in the morning, at noon and after work. */
function timeOfPurchase(random: Random): number {
  const peak = random.pick([7.8, 12.3, 12.6, 18.6, 19.2, 15, 21])
  const spread = (random.next() + random.next() - 1) * 1.8
  return Math.round(Math.min(23.4, Math.max(6.2, peak + spread)) * hour)
}

function evening(random: Random): number {
  return clock(18, random.between(0, 260))
}

function clock(hours: number, minutes: number): number {
  return hours * hour + minutes * minute
}

/** How often something happens that happens `mean` times on average; fine for small means. */
export function poisson(mean: number, random: Random): number {
  const limit = Math.exp(-mean)
  let count = 0
  for (let product = random.next(); product > limit; product *= random.next()) count += 1
  return count
}
