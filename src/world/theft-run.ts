import {
  scenarioResult,
  type PolicyName,
  type ScenarioDecision,
  type ScenarioResult,
} from '#contract'
import { addDays, daysBetween, hour, localDateOf, minute } from '#kernel'
import { formatAmount, parseAmount, type Fen } from '#money'
import { expectOk } from './api-client.ts'
import {
  attack,
  dayOfTheft,
  decisionsOf,
  nextMorning,
  type Attack,
  type AttackPlan,
} from './theft-attack.ts'
import {
  at,
  pay,
  requestCode,
  signInAgain,
  wakeUp,
  type Paid,
  type Person,
  type Stage,
} from './theft-cast.ts'
import { assetsOf, liveAYear, type Cast } from './theft-life.ts'

export interface TheftPlan extends AttackPlan {
  readonly policy: PolicyName
}

interface ClaimSeen {
  readonly id: string
  readonly state: string
  readonly lost: string
  readonly income_missed: string
  readonly recovered: string
  readonly paid_by_insurer: string
  readonly next_step: string
}

/**
 * The 2013 theft from the first sign-up to the closed claim, through the server's HTTP API only.
 * What it answers was decided by the server; nothing is corrected here.
 */
export async function runTheft(stage: Stage, plan: TheftPlan): Promise<ScenarioResult> {
  const cast = await liveAYear(stage, { friends: 5, mules: Math.max(5, plan.split.length) })
  await stage.moveTo(at(dayOfTheft, '08:00'))
  const ahead = await aheadOfControl(stage, cast)
  const attacked = await attack(stage, cast, plan)
  const honestTwin = await honestDay(stage, cast, plan.split)
  const decisions = await decisionsOf(stage, cast.victim, attacked.startedAt)
  const claim = await makeWhole(stage, cast, { attacked, entry: plan.entry })
  const attempted = sum(plan.split)
  const left = sum(attacked.payments.filter(({ state }) => state === 'posted').map((p) => p.amount))
  const recovered = fen(claim?.recovered)
  const paidByInsurer = fen(claim?.paid_by_insurer)
  const incomeRestored = fen(claim?.income_missed)
  const settled = recovered + paidByInsurer === left + incomeRestored
  const result: ScenarioResult = {
    policy: plan.policy,
    attempted: formatAmount(attempted),
    left: formatAmount(left),
    kept: formatAmount(attempted - left),
    recovered: formatAmount(recovered),
    paidByInsurer: formatAmount(paidByInsurer),
    incomeRestored: formatAmount(incomeRestored),
    victimWhole: settled && (await isWhole(stage, cast, ahead)),
    honestTwin,
    trialBalance: await trialBalance(stage),
    decisions: withUnreached(decisions, plan),
  }
  return scenarioResult.parse(result)
}

/** The same amounts on the same day, by somebody whose device and payees are long known. */
async function honestDay(
  stage: Stage,
  { twin, friends }: Cast,
  split: readonly Fen[],
): Promise<ScenarioResult['honestTwin']> {
  await signInAgain(stage, twin)
  const total = sum(split)
  const body = { amount: formatAmount(total), speed: 'fast' }
  const redeemed = await twin.client.post('/v1/fund/redemptions', body)
  const payments: (Paid & { amount: Fen })[] = []
  if (redeemed.status < 300) {
    for (const [i, amount] of split.entries()) {
      const friend = friends[i % friends.length] as Person
      const paid = await pay(twin.client, { to: friend, amount, answers: twin })
      payments.push({ ...paid, amount })
    }
  }
  const posted = sum(payments.filter(({ state }) => state === 'posted').map((p) => p.amount))
  stage.say(
    `the honest twin sends ${formatAmount(total)} the same day: ${formatAmount(posted)} posted`,
  )
  return {
    attempted: formatAmount(total),
    posted: formatAmount(posted),
    allPosted: posted === total,
    challenged: payments.filter(({ answeredChallenge }) => answeredChallenge).length,
    payments: payments.map(({ amount, outcome, answeredChallenge, reasons }) => ({
      amount: formatAmount(amount),
      outcome: outcome as 'allow',
      answeredChallenge,
      reasons: [...reasons],
    })),
  }
}

/** Next morning: the report, recalls, two approvals, the insurer, and days until income is back. */
async function makeWhole(
  stage: Stage,
  { victim }: Cast,
  { attacked, entry }: { attacked: Attack; entry: AttackPlan['entry'] },
): Promise<ClaimSeen | null> {
  await stage.moveTo(nextMorning + stage.random.between(0, 90) * minute)
  await comeBack(stage, victim, { locked: attacked.entered && entry === 'reset' })
  if (attacked.payments.length === 0) return null
  const payment_ids = attacked.payments.map(({ id }) => id)
  const reported = expectOk(await victim.client.post('/v1/reports', { payment_ids }), 'report')
  stage.say(
    `next morning: "I was robbed" - ${reported.disputed} disputed, ${reported.stopped} stopped`,
  )
  let claim: ClaimSeen | null = null
  for (let step = 0; step < 80; step += 1) {
    await stage.moveTo(nextMorning + 2 * hour + step * 6 * hour)
    claim = await findClaim(stage, victim, reported.id)
    if (claim === null || claim.state === 'closed') break
    await decideClaim(stage, claim)
  }
  if (claim !== null) {
    stage.say(
      `claim ${claim.state}: lost ${claim.lost}, income missed ${claim.income_missed}, ` +
        `recovered ${claim.recovered}, paid by the insurer ${claim.paid_by_insurer}`,
    )
  }
  return claim
}

/** The victim has the carrier undo the forwarding and gets back in on his own phone. */
async function comeBack(stage: Stage, victim: Person, how: { locked: boolean }): Promise<void> {
  const path = `/v1/simulator/phones/${encodeURIComponent(victim.phone)}/forwarding`
  expectOk(await victim.client.post(path, { to: null }), 'the carrier stops the forwarding')
  if (!how.locked) return signInAgain(stage, victim)
  const code = await requestCode(stage, victim, { purpose: 'reset' })
  victim.password = 'a new word of the victim 2013'
  const { phone, idNumber: id_number, password: new_password, client } = victim
  const device = {
    name: `${victim.name}'s phone`,
    ...(client.deviceId ? { id: client.deviceId } : {}),
  }
  const body = { phone, id_number, code, new_password, device }
  const answer = expectOk(await client.post('/v1/password-resets', body), "the victim's reset")
  if (answer.status !== 'done')
    throw new Error(`the victim stays locked out: ${JSON.stringify(answer)}`)
}

async function findClaim(
  stage: Stage,
  victim: Person,
  reportId: string,
): Promise<ClaimSeen | null> {
  const path = '/v1/operator/claims?state=all&limit=100'
  const { data } = expectOk(await stage.operators.first.get(path), 'claims')
  return data.find((claim: { report_id: string }) => claim.report_id === reportId) ?? null
}

async function decideClaim(stage: Stage, claim: ClaimSeen): Promise<void> {
  const by = { first_approval: stage.operators.first, second_approval: stage.operators.second }
  const operator = by[claim.next_step as keyof typeof by]
  if (operator === undefined) return
  const reason = 'The evidence shows an account takeover; the promise is to pay in full.'
  const path = `/v1/operator/claims/${claim.id}/approve`
  expectOk(await operator.post(path, { decision: 'approve', reason }), claim.next_step)
  stage.say(`claim: ${claim.next_step.replace('_', ' ')} by operator`)
}

/** Fen that the victim has more than the control: rounding after a year of the same life. */
async function aheadOfControl(stage: Stage, { victim, control }: Cast): Promise<Fen> {
  await wakeUp(stage, victim, control)
  const [has, hadHeNotBeenRobbed] = await Promise.all([assetsOf(victim), assetsOf(control)])
  return has - hadHeNotBeenRobbed
}

/**
 * Whole: since the morning of the theft the victim has lost nothing against a customer who lives
 * the same life and was not robbed. A fen a day may differ either way: the fund hands out rounding
 * remainders by fraction, not by person.
 */
async function isWhole(stage: Stage, cast: Cast, aheadBefore: Fen): Promise<boolean> {
  const { body } = await stage.operators.first.get('/v1/test-clock')
  const end = addDays(localDateOf(Date.parse(body.now)), 4)
  await stage.moveTo(at(end, '12:00'))
  const aheadAfter = await aheadOfControl(stage, cast)
  const days = BigInt(daysBetween(dayOfTheft, end))
  stage.say(
    `against the control: ${formatAmount(aheadBefore)} before the theft, ` +
      `${formatAmount(aheadAfter)} on ${end}`,
  )
  return aheadAfter >= aheadBefore - days
}

async function trialBalance(stage: Stage): Promise<string> {
  return expectOk(await stage.operators.first.get('/v1/operator/board'), 'board').trial_balance
}

/** The steps the thief set out to take: those he never got to are shown as such. */
function withUnreached(seen: ScenarioDecision[], plan: TheftPlan): ScenarioDecision[] {
  const wanted: { step: ScenarioDecision['step']; amount: Fen | null }[] = [
    // A stolen session needs neither reset nor sign-in.
    ...(plan.entry === 'reset'
      ? [
          { step: 'reset' as const, amount: null },
          { step: 'sign_in' as const, amount: null },
        ]
      : []),
    { step: 'redeem', amount: sum(plan.split) },
    ...plan.split.map((amount) => ({ step: 'payment' as const, amount })),
  ]
  const rest = [...seen]
  return wanted.map(({ step, amount }) => {
    const found = rest.findIndex((decision) => decision.step === step)
    const [decision] = found < 0 ? [] : rest.splice(found, 1)
    return (
      decision ?? {
        step,
        at: null,
        amount: amount === null ? null : formatAmount(amount),
        outcome: 'not_reached',
        score: null,
        reasons: [],
        policyVersion: null,
      }
    )
  })
}

function sum(amounts: readonly Fen[]): Fen {
  return amounts.reduce((total, amount) => total + amount, 0n)
}

function fen(amount: string | undefined): Fen {
  const parsed = parseAmount(amount ?? '0.00')
  return parsed.ok ? parsed.value : 0n
}
