import { createLane, createMemoryStore, type Command } from '#commit'
import { createManualClock, createSeededRandom, day, hour, minute, type Random } from '#kernel'
import {
  guardKeys,
  publishPolicy,
  recordPayment,
  type GuardInput,
  type GuardParties,
  type Profiles,
} from '#risk'
import { benchPolicy } from './decide-policy.ts'

/** All that a decision begins with: what the flow knows, and the profiles as bytes. */
export interface Situation {
  readonly input: GuardInput
  readonly profiles: Profiles
  readonly now: number
}

const customers = 60
const paymentsEach = 70
const situations = 3_000
const start = Date.parse('2013-08-01T00:00:00Z')

interface Paid {
  readonly parties: GuardParties & { readonly payeeHolder: string }
  readonly amount: bigint
  readonly stopped: boolean
}

const pay: Command<Paid, null> = {
  name: 'bench.pay',
  reads: ({ parties }) => guardKeys(parties),
  apply(state, { parties, amount, stopped }, now) {
    const [payerId, payeeId] = [parties.holder.slice(5), parties.payeeHolder.slice(5)]
    const paid = { payerId, payeeId, amount, source: 'wallet' } as const
    recordPayment(state, { ...paid, state: stopped ? 'stopped' : 'posted', parties }, now)
    return null
  },
}

/** The profiles of a step's parties, in the order of `Profiles`. */
const look: Command<GuardParties, (Uint8Array | null)[]> = {
  name: 'bench.look',
  reads: (parties) => guardKeys(parties),
  apply: (state, parties) =>
    guardKeys(parties)
      .slice(1)
      .map(({ kind, id }) => {
        const record: { profile?: Uint8Array | null } | undefined = state.get(kind, id)
        return record?.profile?.slice() ?? null
      }),
}

/** Warm profiles: weeks of payments by people with habits, then situations of every kind. */
export async function createSituations(): Promise<Situation[]> {
  const random = createSeededRandom(20131012)
  const clock = createManualClock(start)
  const store = createMemoryStore()
  const lane = createLane({ store, clock, sleep: () => Promise.resolve() })
  let number = 0
  async function run<In, Out>(command: Command<In, Out>, input: In): Promise<Out> {
    const id = `req_${(number += 1)}`
    const done = await lane.submit(command, { owner: 'bench', id, content: id, input })
    if (done.status !== 'done') throw new Error(done.status)
    return done.output
  }
  await run(publishPolicy, { document: benchPolicy, by: 'bench' })
  for (let round = 0; round < paymentsEach; round += 1) {
    for (let customer = 0; customer < customers; customer += 1) {
      clock.set(start + round * 10 * hour + customer * minute)
      const parties = partiesOf(customer, random, random.next() < 0.05)
      await run(pay, { parties, amount: BigInt(random.between(500, 60_000)), stopped: false })
    }
  }
  await runCampaign(random, (input) => run(pay, input))
  const found: Situation[] = []
  for (let i = 0; i < situations; i += 1) {
    const now = start + paymentsEach * 10 * hour + Math.floor(i / 8) * minute
    clock.set(now)
    const input = inputOf(random, now)
    const [holder = null, payee = null, device = null, network = null] = await run(
      look,
      input.parties,
    )
    found.push({ input, profiles: { holder, payee, device, network }, now })
  }
  await lane.close()
  return found
}

/** Just before the end some customers pay one mule after another, and are stopped now and then. */
async function runCampaign(random: Random, paid: (input: Paid) => Promise<null>): Promise<void> {
  for (let customer = 0; customer < 12; customer += 1) {
    for (let i = 0; i < 30; i += 1) {
      const parties = {
        ...partiesOf(customer, random, true),
        payeeHolder: `2010:cus_new${random.between(0, 12)}`,
      }
      const amount = BigInt(random.between(76_000, 79_000))
      await paid({ parties, amount, stopped: i % 5 === 4 })
    }
  }
  for (let mule = 0; mule <= 12; mule += 1) {
    const parties = { ...partiesOf(mule, random, true), holder: `2010:cus_new${mule}` }
    await paid({ parties, amount: 900_000n, stopped: false })
  }
}

function partiesOf(customer: number, random: Random, odd: boolean) {
  const shop = random.next() < 0.6
  const payee = shop ? random.between(0, 30) : (customer + random.between(1, 6)) % customers
  return {
    holder: `2010:cus_${customer}`,
    payeeHolder: odd
      ? `2010:cus_new${random.next() < 0.5 ? random.between(0, 12) : random.between(0, 400)}`
      : `${shop ? '2070:cus_shop' : '2010:cus_'}${payee}`,
    deviceId: odd ? `dev_odd${random.between(0, 200)}` : `dev_${customer}`,
    network: odd ? `net_${random.between(0, 300)}` : `home_${customer}`,
  }
}

function inputOf(random: Random, now: number): GuardInput {
  // The last few have no history at all.
  const customer = random.between(0, customers + 2)
  const odd = random.next() < 0.08
  const parties = partiesOf(customer, random, odd)
  const { deviceId } = parties
  const known = deviceId === `dev_${customer}`
  const rare = <T>(usual: T, others: readonly T[]) =>
    random.next() < (odd ? 0.3 : 0.01) ? random.pick(others) : usual
  const flag = () => random.next() < (odd ? 0.15 : 0.002)
  const isShop = parties.payeeHolder.startsWith('2070:')
  return {
    decisionId: 'dec_bench',
    step: random.next() < 0.93 ? 'payment' : 'withdrawal',
    subject: 'pay_bench',
    parties,
    customer: {
      id: `cus_${customer}`,
      createdAt: now - random.between(20, 900) * day,
      passwordChangedAt: odd ? now - random.between(1, 9) * day : null,
      lastResetAt: odd && random.next() < 0.3 ? now - random.between(1, 60) * hour : null,
      failedSignIns24h: odd ? random.between(0, 9) : 0,
      lastActiveAt: now - random.between(1, 200) * hour,
    },
    device: {
      addedAt: known || random.next() < 0.6 ? now - random.between(0, 400) * day : null,
      trusted: known || random.next() < 0.4,
      addedBy: rare('sign_up', ['sign_in', 'reset']),
    },
    session: { startedAt: now - random.between(0, 900) * minute, otherDevice: flag() },
    proof: rare('none', ['password', 'sms', 'trusted_device']),
    sms: {
      forwarding: rare('no', ['yes', 'unknown']),
      simSwap: rare('no', ['yes', 'unknown']),
      silence: rare('no', ['yes', 'unknown']),
      observedAt: now - random.between(1, 90) * minute,
    },
    deviceSignals: {
      remoteControl: flag(),
      callInProgress: flag(),
      emulator: flag(),
      terminal: {
        malware: rare('no', ['yes', 'unknown']),
        phishing: rare('no', ['yes', 'unknown']),
        networkKind: rare('home', ['mobile', 'vpn', 'data_centre', 'tor']),
        rooted: flag(),
        accessibilityAbuse: flag(),
        appTampered: flag(),
        feedStale: flag(),
        travelKmh: odd ? random.between(0, 1_500) : 0,
      },
    },
    money: {
      amount: BigInt(random.between(500, odd ? 4_000_000 : 300_000)),
      source: random.next() < 0.2 ? 'fund' : 'wallet',
      walletAvailable: BigInt(random.between(10_000, 900_000)),
      fundUnits: BigInt(random.between(0, 3_000_000)),
    },
    payee: {
      id: parties.payeeHolder.slice(5),
      kind: isShop ? 'merchant' : 'person',
      createdAt: now - random.between(1, 700) * day,
      deviceCustomers: random.between(0, odd ? 8 : 2),
    },
    bankAccount: random.next() < 0.07 ? { linkedAt: now - random.between(1, 900) * hour } : null,
  }
}
