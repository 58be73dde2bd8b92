import { hour, minute } from '#kernel'
import { playBusy } from './honest-stories.ts'
import type { Life } from './life.ts'
import {
  type Scene,
  somebody,
  someMules,
  steal,
  type Story,
  sumBetween,
  thievesPhone,
} from './scene.ts'

/*
 * Thieves whom rules are written for. Nothing here says that they fail: what they get is what the
 * policy in force lets them have.
 */

/** Has the victim's texts forwarded and resets the password, as in 2013. */
const forwardedTexts: Story = {
  name: 'forwarded texts',
  theft: true,
  weight: 4,
  async play(scene) {
    const victim = somebody(scene, ({ habits }) => (habits?.savesPercent ?? 0) > 30)
    if (victim === undefined) return
    const { carrier } = scene
    const { phone } = victim.party
    const hisInbox = '+8617000000666'
    await playBusy(victim, async () => {
      await carrier.forwardSms(phone, hisInbox)
      await scene.wait(4 * minute)
      await resetPassword(scene, victim, hisInbox)
    })
    // Told in the app to call the carrier, he did.
    scene.later(scene.random.between(2, 7) * hour, () => carrier.stopForwarding(phone))
  },
}

/** Talks the carrier into a new SIM, then tries the password of a leak, then a reset. */
const swappedSim: Story = {
  name: 'swapped SIM',
  theft: true,
  weight: 3,
  async play(scene) {
    const victim = somebody(scene)
    if (victim === undefined) return
    const { carrier, flows } = scene
    const { phone, password } = victim.party
    const hisInbox = '+8617000000777'
    await playBusy(victim, async () => {
      await carrier.swapSim(phone, hisInbox)
      await scene.wait(6 * minute)
      await flows.signIn({ phone, password }, originOf(scene))
      await scene.wait(3 * minute)
      await resetPassword(scene, victim, hisInbox)
    })
    scene.later(scene.random.between(3, 9) * hour, () => carrier.restoreSim(phone))
  },
}

async function resetPassword(scene: Scene, victim: Life, inbox: string): Promise<void> {
  const { flows, hands } = scene
  const { phone, idNumber } = victim.party
  if (!(await flows.requestCode({ phone, purpose: 'reset' })).ok) return
  const code = await hands.codeIn(inbox)
  if (code === undefined || idNumber === null) return
  const wish = { phone, idNumber, code, newPassword: 'mine-now-2025-x' }
  await flows.resetPassword(wish, originOf(scene))
}

function originOf(scene: Scene) {
  const signals = { remoteControl: false, callInProgress: false, emulator: false }
  return { ...thievesPhone(scene), deviceName: 'Android', signals }
}

/** Took a session off the victim's computer: another device, another place. */
const stolenSession: Story = {
  name: 'stolen session',
  theft: true,
  weight: 5,
  async play(scene) {
    const { random, flows, hands, ids } = scene
    const victim = somebody(scene, ({ habits }) => (habits?.savesPercent ?? 0) > 30)
    const [mule] = someMules(scene, 1)
    if (victim === undefined || mule === undefined) return
    await playBusy(victim, async () => {
      const seen = thievesPhone(scene)
      const amount = sumBetween(random, 2_000, 9_000)
      const wish = { requestId: ids.next('req'), amount, speed: 'fast' } as const
      await hands.as(victim, (actor) => flows.redeem(actor, wish), seen)
      for (const part of [3n, 8n]) {
        await scene.wait(minute)
        const { wallet } = await hands.money(victim)
        const sum = (wallet * 7n) / (part * 10n)
        if (sum > 0n) await steal(scene, { from: victim, to: mule, amount: sum }, seen)
      }
    })
    const { password } = victim.party
    const request = () => ({ requestId: ids.next('req'), reason: 'somebody else was in' })
    scene.later(random.between(20, 90) * minute, async () => {
      // Warned in the app: freezes first, and thinks then.
      await hands.as(victim, (actor) => flows.freezeCustomer(actor, request()))
      scene.later(random.between(1, 4) * hour, async () => {
        const proof = { requestId: ids.next('req'), password }
        await hands.as(victim, (actor) => flows.unfreezeCustomer(actor, proof))
      })
    })
  },
}

/** Works through a list of leaked passwords; where one fits, the owner is asked. */
const stuffing: Story = {
  name: 'credential stuffing',
  theft: true,
  weight: 3,
  async play(scene) {
    const { random, flows } = scene
    const origin = originOf(scene)
    for (let nth = random.between(5, 9); nth > 0; nth -= 1) {
      const target = somebody(scene)
      if (target === undefined) return
      const leaked = nth === 1 ? target.party.password : `leaked-${random.between(1_000, 9_999)}-x`
      await flows.signIn({ phone: target.party.phone, password: leaked }, origin)
    }
  },
}

/** Made the victim install a helper, and taps in his place. */
const remoteControl: Story = {
  name: 'remote control',
  theft: true,
  weight: 4,
  async play(scene) {
    const { random, hands } = scene
    const victim = somebody(scene)
    const [mule] = someMules(scene, 1)
    if (victim === undefined || mule === undefined) return
    await playBusy(victim, async () => {
      const amount = sumBetween(random, 2_400, 17_000)
      const { wallet } = await hands.money(victim)
      if (wallet < amount) await hands.topUp(victim, amount)
      const memo = 'refund of fees'
      await steal(scene, { from: victim, to: mule, amount, memo }, { remoteControl: true })
    })
  },
}

/** Keeps the victim on the line and asks for too much at once. */
const loudCaller: Story = {
  name: 'loud caller',
  theft: true,
  weight: 3,
  async play(scene) {
    const { random, hands } = scene
    const victim = somebody(scene)
    const [mule] = someMules(scene, 1)
    if (victim === undefined || mule === undefined) return
    await playBusy(victim, async () => {
      const amount = sumBetween(random, 4_000, 28_000)
      const { wallet } = await hands.money(victim)
      if (wallet < amount) await hands.topUp(victim, amount)
      const memo = 'safe account'
      await steal(scene, { from: victim, to: mule, amount, memo }, { callInProgress: true })
    })
  },
}

export const thefts: readonly Story[] = [
  forwardedTexts,
  swappedSim,
  stolenSession,
  stuffing,
  remoteControl,
  loudCaller,
]

/** Those after which an analyst has to look. */
export const heldThefts: readonly Story[] = [remoteControl, loudCaller]
