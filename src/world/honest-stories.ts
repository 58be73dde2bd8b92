import { day, hour, minute } from '#kernel'
import type { Life } from './life.ts'
import { phoneModels } from './names.ts'
import { giveMoney, type Scene, somebody, type Story, stranger, sumBetween } from './scene.ts'

/** A new phone: signs in with a code, and for three days confirms on the old one. */
const newPhone: Story = {
  name: 'new phone',
  theft: false,
  weight: 5,
  async play(scene) {
    const { random, hands } = scene
    const life = somebody(scene, () => true)
    if (life === undefined || life.session === null || life.older !== null) return
    const to = stranger(scene, life)
    life.busy = true
    const before = { deviceId: life.deviceId, deviceName: life.deviceName }
    life.older = life.session
    life.session = null
    life.deviceId = `${life.party.deviceId}_${random.between(100, 999)}`
    life.deviceName = random.pick(phoneModels)
    const entered = await hands.signIn(life)
    if (!entered) {
      // Back to the old one: the code did not come, or the carrier was silent.
      Object.assign(life, before, { session: life.older, older: null })
    } else if (to !== undefined) {
      await scene.wait(20 * minute)
      const amount = sumBetween(random, 600, 1_900)
      const paid = await giveMoney(scene, { from: life, to, amount, memo: 'deposit' })
      // Some have the old phone in a drawer, and never look.
      if (paid?.state === 'challenged' && random.next() < 0.7) await hands.confirm(life, paid)
    }
    life.busy = false
    scene.later(3 * day + hour, async () => {
      life.older = null
    })
  },
}

/** A car, a kitchen: far above what goes to anybody new within a day. */
const bigFirstPayment: Story = {
  name: 'big first payment',
  theft: false,
  weight: 5,
  async play(scene) {
    const { random, hands, lives, city } = scene
    const from = somebody(scene, ({ bank }) => bank.balance > 200_000_00n)
    const sellers = city.shops.filter(({ shop }) => shop?.weight === 0)
    const dealer = sellers.length > 0 ? lives.get(random.pick(sellers).key) : undefined
    const to = random.next() < 0.6 ? dealer : from && stranger(scene, from)
    if (from === undefined || to === undefined) return
    const amount = sumBetween(random, 30_500, 68_000)
    await playBusy(from, async () => {
      await hands.topUp(from, amount + 2_000_00n)
      await scene.wait(9 * minute)
      await giveMoney(scene, { from, to, amount, memo: random.pick(['car', 'kitchen', 'deposit']) })
    })
  },
}

/** Large for somebody new, small for its purpose: confirmed with one tap. */
const middlingFirstPayment: Story = {
  name: 'middling first payment',
  theft: false,
  weight: 7,
  async play(scene) {
    const { random, hands } = scene
    const from = somebody(scene)
    const to = from && stranger(scene, from)
    if (from === undefined || to === undefined) return
    await playBusy(from, async () => {
      const amount = sumBetween(random, 5_200, 14_000)
      const memo = random.pick(['wedding gift', 'second-hand piano', 'loan back', 'school trip'])
      const paid = await giveMoney(scene, { from, to, amount, memo })
      await scene.wait(2 * minute)
      if (paid?.state === 'challenged' && random.next() < 0.85) await hands.confirm(from, paid)
    })
  },
}

/** On the phone with the plumber while paying him. */
const payingOnThePhone: Story = {
  name: 'paying on the phone',
  theft: false,
  weight: 4,
  async play(scene) {
    const { random } = scene
    const from = somebody(scene)
    const to = from && stranger(scene, from)
    if (from === undefined || to === undefined) return
    await playBusy(from, async () => {
      const amount = sumBetween(random, 1_050, 3_400)
      const memo = random.pick(['plumber', 'removal', 'piano lessons', 'repair'])
      await giveMoney(scene, { from, to, amount, memo }, { callInProgress: true })
    })
  },
}

/** Settles the costs of a trip with everybody at once. */
const manySmallOnes: Story = {
  name: 'many small payments',
  theft: false,
  weight: 3,
  async play(scene) {
    const { random, hands } = scene
    const from = somebody(scene)
    if (from === undefined) return
    await playBusy(from, async () => {
      const amount = sumBetween(random, 480, 720)
      for (let nth = random.between(6, 8); nth > 0; nth -= 1) {
        const to = stranger(scene, from)
        if (to === undefined) return
        const paid = await giveMoney(scene, { from, to, amount, memo: 'class trip, money back' })
        await scene.wait(minute)
        if (paid?.state === 'challenged') await hands.confirm(from, paid)
      }
    })
  },
}

/** Comes back after half a year, and pays somebody new. */
const sleeperWakes: Story = {
  name: 'sleeper wakes',
  theft: false,
  weight: 2,
  async play(scene) {
    const { random, hands, city, lives } = scene
    const asleep = city.people.filter(
      ({ key, habits }) => habits?.dormant === true && lives.get(key)?.session === null,
    )
    const from = asleep.length === 0 ? undefined : lives.get(random.pick(asleep).key)
    const to = from && stranger(scene, from)
    if (from === undefined || to === undefined || from.busy) return
    await playBusy(from, async () => {
      const amount = sumBetween(random, 1_100, 2_600)
      const paid = await giveMoney(scene, { from, to, amount, memo: 'for the holiday' })
      await scene.wait(5 * minute)
      if (paid?.state === 'challenged') await hands.confirm(from, paid)
    })
  },
}

/** A relative helps from afar, screen shared: it looks like the remote-control trick. */
const helpedFromAfar: Story = {
  name: 'helped from afar',
  theft: false,
  weight: 2,
  async play(scene) {
    const { random } = scene
    const from = somebody(scene)
    const to = from && stranger(scene, from)
    if (from === undefined || to === undefined) return
    await playBusy(from, async () => {
      const amount = sumBetween(random, 260, 1_800)
      await giveMoney(scene, { from, to, amount, memo: 'heating' }, { remoteControl: true })
    })
  },
}

export const honestStories: readonly Story[] = [
  newPhone,
  bigFirstPayment,
  middlingFirstPayment,
  payingOnThePhone,
  manySmallOnes,
  sleeperWakes,
  helpedFromAfar,
]

/** Those after which an analyst has to look: what the queue of the demo begins with. */
export const heldHonestStories: readonly Story[] = [
  bigFirstPayment,
  payingOnThePhone,
  helpedFromAfar,
]

/** Nothing else unusual happens to him meanwhile. */
export async function playBusy(life: Life, work: () => Promise<void>): Promise<void> {
  life.busy = true
  try {
    await work()
  } finally {
    life.busy = false
  }
}

/** One of them, by weight. */
export function pickStory(stories: readonly Story[], { random }: Pick<Scene, 'random'>): Story {
  const total = stories.reduce((sum, { weight }) => sum + weight, 0)
  let drawn = random.next() * total
  for (const story of stories) {
    drawn -= story.weight
    if (drawn < 0) return story
  }
  return stories[0] as Story
}
