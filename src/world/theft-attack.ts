import { minute } from '#kernel'
import { formatAmount, type Fen } from '#money'
import type { ScenarioDecision } from '#contract'
import { expectOk, type ApiClient } from './api-client.ts'
import {
  at,
  newClient,
  pay,
  requestCode,
  signInAgain,
  type Paid,
  type Person,
  type Stage,
} from './theft-cast.ts'
import type { Cast } from './theft-life.ts'

export type Entry = 'reset' | 'stolen-session'

export interface AttackPlan {
  readonly entry: Entry
  /** The pieces the thief sends, in fen. */
  readonly split: readonly Fen[]
}

export interface Attack {
  /** Payments the thief got as far as making. */
  readonly payments: readonly (Paid & { readonly amount: Fen })[]
  readonly startedAt: number
  readonly redeemed: boolean
  readonly entered: boolean
}

/** A make-up Saturday: people work, the exchange does not. */
export const dayOfTheft = '2013-10-12'

/**
 * The attack as the report tells it: the identity has leaked, SMS are forwarded at the carrier (or
 * a session was stolen), the thief redeems from the fund and sends it on in pieces.
 */
export async function attack(stage: Stage, cast: Cast, plan: AttackPlan): Promise<Attack> {
  const { random } = stage
  const { victim } = cast
  const startedAt = at(dayOfTheft, '09:00', random.between(0, 10 * 60))
  let now = startedAt
  await stage.moveTo(now)
  const thief = newClient(stage, `10.${random.between(210, 240)}.${random.between(1, 250)}`)
  const entered =
    plan.entry === 'reset'
      ? await enterByReset(stage, victim, thief)
      : await enterByStolenSession(stage, victim, thief)
  if (!entered) return { payments: [], startedAt, redeemed: false, entered }
  now += random.between(1, 9) * minute
  await stage.moveTo(now)
  const total = plan.split.reduce((sum, amount) => sum + amount, 0n)
  const redeemed = await redeem(thief, total)
  stage.say(
    `${dayOfTheft}: the thief redeems ${formatAmount(total)}: ${redeemed ? 'done' : 'stopped'}`,
  )
  if (!redeemed) return { payments: [], startedAt, redeemed, entered }
  const payments: (Paid & { amount: Fen })[] = []
  for (const [i, amount] of plan.split.entries()) {
    now += random.between(1, 4) * minute
    await stage.moveTo(now)
    const mule = cast.mules[i % cast.mules.length] as Person
    const paid = await tryToPay(thief, mule, amount)
    if (paid === null) continue
    payments.push({ ...paid, amount })
    stage.say(`the thief sends ${formatAmount(amount)} to ${mule.name}: ${paid.state}`)
    if (paid.state === 'posted') await passOn(stage, { mule, amount, behind: cast.behind })
  }
  return { payments, startedAt, redeemed, entered }
}

/** The thief knows name, ID number and phone; the carrier forwards the victim's messages to him. */
async function enterByReset(stage: Stage, victim: Person, thief: ApiClient): Promise<boolean> {
  const thiefPhone = `+86170${String(10_000_000 + stage.random.between(1, 9_999_999)).slice(0, 8)}`
  const path = `/v1/simulator/phones/${encodeURIComponent(victim.phone)}/forwarding`
  expectOk(await thief.post(path, { to: thiefPhone }), 'forwarding at the carrier')
  stage.say(`${dayOfTheft}: SMS of ${victim.name} are forwarded to the thief`)
  const code = await requestCode(stage, victim, { purpose: 'reset', inbox: thiefPhone })
  const answer = await thief.post('/v1/password-resets', {
    phone: victim.phone,
    id_number: victim.idNumber,
    code,
    new_password: 'what the thief chose 2013',
    device: { name: 'Unknown phone' },
  })
  const entered = answer.status === 200 && answer.body.status === 'done'
  stage.say(`password reset by SMS code: ${entered ? 'accepted' : 'refused'}`)
  return entered
}

/** The victim signed in this morning; malware copies the session, but not the phone it lives on. */
async function enterByStolenSession(
  stage: Stage,
  victim: Person,
  thief: ApiClient,
): Promise<boolean> {
  if ((await victim.client.get('/v1/me')).status !== 200) await signInAgain(stage, victim)
  thief.steal(victim.client)
  thief.deviceId = `dev_thief${stage.random.between(100_000, 999_999)}`
  stage.say(`${dayOfTheft}: a session of ${victim.name} is stolen`)
  return true
}

async function redeem(client: ApiClient, amount: Fen): Promise<boolean> {
  const body = { amount: formatAmount(amount), speed: 'fast' }
  const answer = await client.post('/v1/fund/redemptions', body)
  return answer.status < 300 && !['challenged', 'held', 'denied'].includes(answer.body.state)
}

async function tryToPay(client: ApiClient, to: Person, amount: Fen): Promise<Paid | null> {
  try {
    return await pay(client, { to, amount, answers: null })
  } catch {
    // Refused outright (the wallet was short, the customer frozen): nothing was attempted.
    return null
  }
}

/** A mule sends part of it on within minutes; whoever gets it takes it to his bank at once. */
async function passOn(
  stage: Stage,
  { mule, amount, behind }: { mule: Person; amount: Fen; behind: readonly Person[] },
): Promise<void> {
  await signInAgain(stage, mule)
  const share = BigInt(stage.random.between(30, 70))
  const to = stage.random.pick(behind)
  const part = (amount * share) / 100n
  const paid = await tryToPay(mule.client, to, part)
  stage.say(`${mule.name} passes ${formatAmount(part)} on: ${paid?.state ?? 'refused'}`)
  if (paid?.state !== 'posted') return
  await signInAgain(stage, to)
  const body = { bank_account_id: to.bankAccountId, amount: formatAmount(part) }
  const out = await to.client.post('/v1/withdrawals', body)
  stage.say(`${to.name} withdraws it to a bank: ${out.body.state ?? out.body.code}`)
}

/** The guard's decisions about the victim since the attack began, as the operators see them. */
export async function decisionsOf(
  stage: Stage,
  victim: Person,
  since: number,
): Promise<ScenarioDecision[]> {
  const path = `/v1/operator/decisions?customer_id=${victim.customerId}&limit=100`
  const { data } = expectOk(await stage.operators.first.get(path), 'decisions')
  return data
    .filter((row: { at: string }) => Date.parse(row.at) >= since)
    .toReversed()
    .map((row: DecisionRow) => ({
      step: row.step,
      at: row.at,
      amount: row.amount,
      outcome: row.outcome,
      score: row.score,
      reasons: row.reasons.map(({ code }) => code),
      policyVersion: row.policy.version,
    }))
}

interface DecisionRow {
  readonly step: ScenarioDecision['step']
  readonly at: string
  readonly amount: string | null
  readonly outcome: ScenarioDecision['outcome']
  readonly score: number
  readonly reasons: readonly { code: string }[]
  readonly policy: { readonly version: string }
}

export const nextMorning = at('2013-10-13', '08:00')
