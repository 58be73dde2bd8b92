import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createSeededRandom, day, hour, minute, startOfLocalDay, type Random } from '#kernel'
import { createGuardedWorld, type GuardedWorld } from '../guarded-world.fixture.ts'
import type { guardInput } from '../guard-input.fixture.ts'
import { policyToday } from './policy-today.ts'

type Changes = NonNullable<Parameters<typeof guardInput>[0]>

const seed = 20131012
const people = 40
const days = 45
const first = startOfLocalDay('2013-08-01')

interface Person {
  readonly id: string
  readonly friends: readonly string[]
  readonly shops: readonly string[]
  readonly signedUp: number
  device: { id: string; since: number; trusted: boolean }
}

function personOf(number: number, random: Random): Person {
  const others = Array.from({ length: 4 }, () => `cus_p${random.between(0, people - 1)}`)
  const shops = Array.from({ length: 8 }, () => `cus_shop${random.between(0, 59)}`)
  const id = `cus_p${number}`
  const signedUp = first - random.between(0, 200) * day
  return {
    id,
    friends: others.filter((friend) => friend !== id),
    shops,
    signedUp,
    device: { id: `dev_${number}`, since: signedUp, trusted: true },
  }
}

/** Who, how much, and whether for a shop, in the course of an honest day. */
function wishesOf(person: Person, dayNumber: number, random: Random): [string, number, string][] {
  const wishes: [string, number, string][] = []
  const shop = () =>
    random.next() < 0.85 ? random.pick(person.shops) : `cus_shop${random.between(0, 59)}`
  for (let i = random.between(0, 3); i > 0; i -= 1) {
    wishes.push([shop(), random.between(500, 18_000), 'merchant'])
  }
  if (random.next() < 0.2 && person.friends.length > 0) {
    wishes.push([random.pick(person.friends), random.between(2_000, 60_000), 'person'])
  }
  if (random.next() < 0.04) {
    wishes.push([`cus_p${random.between(0, people - 1)}`, 20_000, 'person'])
  }
  if (dayNumber % 30 === 3) wishes.push([`cus_landlord_of_${person.id}`, 500_000, 'person'])
  if (random.next() < 0.01) wishes.push([shop(), random.between(200_000, 450_000), 'merchant'])
  return wishes.filter(([payee]) => payee !== person.id)
}

async function live(world: GuardedWorld, random: Random): Promise<Map<string, number>> {
  const outcomes = new Map<string, number>()
  const persons = Array.from({ length: people }, (_, number) => personOf(number, random))
  for (let dayNumber = 0; dayNumber < days; dayNumber += 1) {
    const today: { at: number; changes: Changes }[] = []
    for (const person of persons) {
      // Every few months somebody buys a phone; it becomes trusted after its first days.
      if (random.next() < 0.006) {
        const since = first + dayNumber * day
        person.device = { id: `${person.device.id}n`, since, trusted: false }
      }
      const trusted = person.device.trusted || person.device.since < first + (dayNumber - 3) * day
      person.device.trusted = trusted
      for (const [payee, amount, kind] of wishesOf(person, dayNumber, random)) {
        const at = first + dayNumber * day + random.between(7 * 60, 23 * 60) * minute
        today.push({ at, changes: wishOf(person, payee, { amount, kind, random }) })
      }
    }
    for (const { at, changes } of today.toSorted((a, b) => a.at - b.at)) {
      const { outcome } = await world.act(at, changes)
      outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1)
    }
  }
  return outcomes
}

function wishOf(
  person: Person,
  payee: string,
  { amount, kind, random }: { amount: number; kind: string; random: Random },
): Changes {
  const network = random.next() < 0.9 ? `home_${person.id}` : `mobile_${random.between(0, 20)}`
  const isShop = kind === 'merchant'
  return {
    step: 'payment',
    parties: {
      holder: `2010:${person.id}`,
      payeeHolder: `${isShop ? '2070' : '2010'}:${payee}`,
      deviceId: person.device.id,
      network,
    },
    customer: { id: person.id, createdAt: person.signedUp },
    device: { addedAt: person.device.since, trusted: person.device.trusted, addedBy: 'sign_in' },
    money: {
      amount: BigInt(amount),
      source: random.next() < 0.2 ? 'fund' : 'wallet',
      walletAvailable: 600_000n,
      fundUnits: 2_000_000n,
    },
    payee: { id: payee, kind: isShop ? 'merchant' : 'person', createdAt: first - 20 * day },
  }
}

test('ordinary life is nearly never challenged and hardly ever held', async () => {
  const random = createSeededRandom(seed)
  const world = await createGuardedWorld(policyToday, first - day)
  const outcomes = await live(world, random)
  const total = [...outcomes.values()].reduce((sum, count) => sum + count, 0)
  const share = (outcome: string) => (outcomes.get(outcome) ?? 0) / total
  const found = `seed ${seed}: ${JSON.stringify([...outcomes])}`
  assert(total > 2_000, found)
  assert(share('challenge') < 0.02, found)
  assert(share('hold') < 0.003, found)
  assert.equal(share('deny'), 0, found)
})

test('a first payment of 200.00 to a friend and the monthly rent are allowed', async () => {
  const world = await createGuardedWorld(policyToday, first - day)
  const friend = { step: 'payment', money: { amount: 20_000n } } as const
  assert.equal((await world.act(first, friend)).outcome, 'allow')
  const rent = (month: number) =>
    world.act(first + (2 + month * 30) * day + hour, {
      step: 'payment',
      payee: { id: 'cus_landlord' },
      money: { amount: 500_000n },
    })
  for (const month of [0, 1, 2]) assert.equal((await rent(month)).outcome, 'allow')
})
