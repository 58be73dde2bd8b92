import { formatAmount, parseAmount, type Fen } from '#money'
import { expectOk } from './api-client.ts'
import {
  at,
  linkBank,
  pay,
  signUp,
  subscribe,
  topUp,
  wakeUp,
  type Person,
  type Stage,
} from './theft-cast.ts'

/** Who lives through the year before the theft. */
export interface Cast {
  readonly victim: Person
  /** Does on the day of the theft honestly what the thief does. */
  readonly twin: Person
  /** Lives exactly as the victim does and is not robbed: what "whole" is measured against. */
  readonly control: Person
  /** Long-known payees of all three. */
  readonly friends: readonly Person[]
  readonly mules: readonly Person[]
  /** To whom the mules pass on. */
  readonly behind: readonly Person[]
}

const yuan = (amount: number): Fen => BigInt(amount) * 100n

/** What each of the three has in the fund on the day. */
export const fundOnTheDay = yuan(300_000)

/**
 * A year of ordinary life: salary in, friends paid each month, and from June, when the fund opens,
 * savings into it; until exactly 300,000.00 is in the fund. `friends`: how many.
 */
export async function liveAYear(
  stage: Stage,
  count: { friends: number; mules: number },
): Promise<Cast> {
  await stage.moveTo(at('2012-10-10', '10:00', stage.random.between(0, 90)))
  stage.say('October 2012: sign-ups')
  const victim = await signUp(stage, 'Zhao Lan')
  const twin = await signUp(stage, 'Qian Mei')
  const control = await signUp(stage, 'Sun Ning')
  const friends: Person[] = []
  for (let i = 0; i < count.friends; i += 1) friends.push(await signUp(stage, `Friend ${i + 1}`))
  const three = [victim, twin, control]
  for (const person of three) await linkBank(person)
  const months = [
    '2012-11',
    '2012-12',
    '2013-01',
    '2013-02',
    '2013-03',
    '2013-04',
    '2013-05',
    '2013-06',
    '2013-07',
    '2013-08',
    '2013-09',
  ]
  for (const month of months) await liveAMonth(stage, { month, three, friends })
  await fillTheFund(stage, three)
  const { mules, behind } = await gatherMules(stage, count.mules)
  return { victim, twin, control, friends, mules, behind }
}

async function liveAMonth(
  stage: Stage,
  { month, three, friends }: { month: string; three: Person[]; friends: readonly Person[] },
): Promise<void> {
  const { random } = stage
  const day = String(random.between(10, 20))
  await stage.moveTo(at(`${month}-${day}`, '12:00', random.between(0, 60)))
  stage.say(`${month}: salary, friends${month >= '2013-06' ? ', savings into the fund' : ''}`)
  await wakeUp(stage, ...three)
  // All three do the same, so that the control shows what the victim would have had.
  const gifts = friends.map((friend) => ({ friend, amount: yuan(random.between(80, 900)) }))
  const monthly = gifts.filter((_, i) => i < 3 || random.next() < 0.6)
  for (const person of three) {
    await topUp(person, yuan(12_000))
    for (const { friend, amount } of monthly) {
      await pay(person.client, { to: friend, amount, answers: person })
    }
    if (month >= '2013-06') await subscribe(person, yuan(1_000))
  }
}

/** The rest of the savings on 2013-09-24, topped to the fen once the last income is known. */
async function fillTheFund(stage: Stage, three: readonly Person[]): Promise<void> {
  await stage.moveTo(at('2013-09-24', '11:00'))
  await wakeUp(stage, ...three)
  for (const person of three) {
    await topUp(person, fundOnTheDay)
    const holding = await fundOf(person)
    await subscribe(person, fundOnTheDay - holding - yuan(600))
  }
  // Friday, 2013-10-11: confirmed that evening's cut-off, units are there on the day after next.
  await stage.moveTo(at('2013-10-09', '13:00'))
  await wakeUp(stage, ...three)
  for (const person of three) {
    const missing = fundOnTheDay - (await fundOf(person))
    if (missing > 0n) await subscribe(person, missing)
  }
}

async function fundOf(person: Person): Promise<Fen> {
  const wallet = expectOk(await person.client.get('/v1/wallet'), 'wallet')
  const parsed = parseAmount(wallet.fund.available)
  return parsed.ok ? parsed.value : 0n
}

/** Mules are young customers who have used the wallet a little; behind them stand others. */
async function gatherMules(
  stage: Stage,
  count: number,
): Promise<{ mules: Person[]; behind: Person[] }> {
  await stage.moveTo(at('2013-10-10', '20:00', stage.random.between(0, 120)))
  stage.say('two days before: accounts of mules are opened')
  const mules: Person[] = []
  const behind: Person[] = []
  for (let i = 0; i < count; i += 1) mules.push(await signUp(stage, `Mule ${i + 1}`))
  for (let i = 0; i < Math.min(count, 5); i += 1)
    behind.push(await signUp(stage, `Behind ${i + 1}`))
  for (const person of behind) await linkBank(person)
  return { mules, behind }
}

/** Everything a customer owns here, wherever it is at the moment. */
export async function assetsOf(person: Person): Promise<Fen> {
  const wallet = expectOk(await person.client.get('/v1/wallet'), 'wallet')
  const parsed = parseAmount(wallet.total)
  if (!parsed.ok) throw new Error(`wallet total ${formatAmount(0n)}: ${parsed.error}`)
  return parsed.value
}
