import { hour, minute } from '#kernel'
import type { Payment } from '#wallet'
import { playBusy } from './honest-stories.ts'
import type { Life } from './life.ts'
import {
  collectorOf,
  noteFoundOut,
  type Scene,
  somebody,
  someMules,
  steal,
  type Story,
  sumBetween,
} from './scene.ts'

/*
 * Tricks against which rules about devices and numbers are weak: the hand on the phone is trusted,
 * or it is the victim's own. What still leaves is what the guarantee is for.
 */

/** A flatmate knows the PIN: pays from the victim's own phone and confirms on it. */
const borrowedPhone: Story = {
  name: 'borrowed phone',
  theft: true,
  weight: 2,
  async play(scene) {
    const { random, hands } = scene
    const victim = somebody(scene, ({ habits }) => (habits?.savesPercent ?? 0) > 45)
    if (victim === undefined) return
    const mules = someMules(scene, 3, 'fresh')
    victim.busy = true
    const { fund } = await hands.money(victim)
    const most = fund > 9_000_00n ? 4_900 : 1_500
    const taken: Payment[] = []
    for (const [nth, mule] of mules.entries()) {
      const amount = sumBetween(random, Math.floor(most / 2), most)
      const source = nth === 1 ? 'fund' : 'wallet'
      const paid = await steal(scene, { from: victim, to: mule, amount, source })
      if (paid !== null) taken.push(paid)
      await scene.wait(2 * minute)
      if (paid?.state === 'challenged') await hands.confirm(victim, paid)
      passOn(scene, mule, paid)
    }
    reportLater(scene, { victim, taken, afterMs: random.between(2, 9) * hour })
  },
}

/** "This is your bank's security desk": the victim moves the money himself, and confirms it. */
const safeAccount: Story = {
  name: 'safe account',
  theft: true,
  weight: 2,
  async play(scene) {
    const { random, hands } = scene
    const victim = somebody(scene, ({ bank }) => bank.balance > 150_000_00n)
    if (victim === undefined) return
    const [first, second] = someMules(scene, 2, 'fresh')
    if (first === undefined || second === undefined) return
    victim.busy = true
    const small = sumBetween(random, 2_800, 4_900)
    const large = sumBetween(random, 6_500, 12_000)
    await hands.topUp(victim, small + large)
    const taken: Payment[] = []
    const trick = [
      { to: first, amount: small },
      { to: second, amount: large },
    ]
    for (const { to, amount } of trick) {
      const paid = await steal(scene, { from: victim, to, amount, memo: 'safe account' })
      await scene.wait(3 * minute)
      if (paid?.state === 'challenged') await hands.confirm(victim, paid)
      if (paid !== null) taken.push(paid)
      passOn(scene, to, paid)
    }
    reportLater(scene, { victim, taken, afterMs: random.between(1, 5) * hour })
  },
}

/** Stays below what a call makes suspicious, again and again, until it does not suffice. */
const patientCaller: Story = {
  name: 'patient caller',
  theft: true,
  weight: 2,
  async play(scene) {
    const { random } = scene
    const victim = somebody(scene)
    if (victim === undefined) return
    victim.busy = true
    const taken: Payment[] = []
    for (const [nth, mule] of someMules(scene, 3, 'fresh').entries()) {
      const amount = nth < 2 ? sumBetween(random, 820, 990) : sumBetween(random, 4_000, 9_000)
      const from = { from: victim, to: mule, amount, memo: 'fee' }
      const paid = await steal(scene, from, { callInProgress: true })
      if (paid !== null) taken.push(paid)
      await scene.wait(4 * minute)
      passOn(scene, mule, paid)
    }
    reportLater(scene, { victim, taken, afterMs: random.between(2, 12) * hour })
  },
}

/** What happened to the one whom visitors meet: three payments left, a fourth is held. */
export async function robTheCast(scene: Scene, victim: Life): Promise<Payment[]> {
  const mules = someMules(scene, 4, 'of the cast')
  const plan = [
    { amount: 1_950_00n, source: 'wallet' },
    { amount: 2_900_00n, source: 'wallet' },
    { amount: 4_600_00n, source: 'fund' },
    { amount: 8_000_00n, source: 'wallet' },
  ] as const
  const taken: Payment[] = []
  for (const [nth, { amount, source }] of plan.entries()) {
    const to = mules[nth % Math.max(1, mules.length)]
    if (to === undefined) break
    const paid = await steal(scene, { from: victim, to, amount, source, memo: 'thanks' })
    await scene.wait(2 * minute)
    if (paid?.state === 'challenged') await scene.hands.confirm(victim, paid)
    if (paid !== null) taken.push(paid)
    if (nth < 2) passOn(scene, to, paid)
  }
  return taken
}

/** A mule sends most of it to a collector within minutes; both take what they have to the bank. */
function passOn(scene: Scene, mule: Life, paid: Payment | null): void {
  const { random, hands, truth } = scene
  if (paid === null || paid.state === 'held' || paid.state === 'denied') return
  const to = collectorOf(scene, mule)
  if (to === undefined) return
  const passed = (paid.amount * BigInt(random.between(30, 80))) / 100n
  const cashed = (passed * BigInt(random.between(20, 95))) / 100n
  const mayKeep = random.next() < 0.4
  scene.later(random.between(6, 18) * minute, async () => {
    const { wallet } = await hands.money(mule)
    // A challenge that was not answered brought him nothing.
    if (wallet < passed) return
    const wish = { payee: to.customerId, amount: passed, source: 'wallet', memo: null } as const
    const sent = await hands.payAndConfirm(mule, wish)
    if (sent !== null) truth.set(sent.id, 'theft')
    if (!mayKeep) await hands.withdraw(mule, paid.amount - passed)
    if (sent?.state === 'held') return
    scene.later(random.between(8, 25) * minute, async () => {
      await hands.withdraw(to, cashed)
    })
  })
}

/** "I was robbed": everything that he did not mean is ticked. */
function reportLater(
  scene: Scene,
  robbed: { victim: Life; taken: readonly Payment[]; afterMs: number },
): void {
  const { victim, taken, afterMs } = robbed
  scene.later(afterMs, () =>
    playBusy(victim, async () => {
      const { flows, hands, ids } = scene
      const paymentIds = taken.map(({ id }) => id)
      if (paymentIds.length === 0) return
      const wish = { requestId: ids.next('req'), paymentIds, note: 'I did not mean any of these.' }
      await hands.as(victim, (actor) => flows.reportTheft(actor, wish))
      noteFoundOut(scene, [...scene.lives.values()].filter(isPaidIn(taken)))
    }),
  )
}

function isPaidIn(taken: readonly Payment[]): (life: Life) => boolean {
  return ({ customerId }) => taken.some(({ payee }) => payee === customerId)
}

export const losses: readonly Story[] = [borrowedPhone, safeAccount, patientCaller]
