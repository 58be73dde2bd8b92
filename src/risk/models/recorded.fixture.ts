import type { Sql } from '#database'
import { createSeededRandom, day, hour, type Instant, type Random } from '#kernel'
import { encodeFacts } from '../facts-codec.ts'
import { factsWith } from '../facts.fixture.ts'
import type { Facts } from '../facts.ts'
import { policyToday } from '../policies/policy-today.ts'
import type { PolicyDocument } from '../policy.ts'
import type { Search } from './choose-setting.ts'

/** `today`, asking a model; its lines are far apart so that a test need not hit one narrowly. */
export const policyAsking: PolicyDocument = {
  ...policyToday,
  name: 'today-and-model',
  model: {
    name: 'takeover',
    steps: ['payment', 'withdrawal'],
    challengeFrom: 0.2,
    holdFrom: 0.5,
    denyFrom: null,
  },
}

/** One setting and few trees: a test trains in a second. */
export const quickSearch: Search = {
  settings: [{ rate: 0.3, maxDepth: 3, minChildWeight: 1 }],
  trees: [10, 20],
}

/**
 * The thief no rule was written for: on the customer's own trusted phone, below every sum, but
 * from a network not seen before, at an odd hour, to a payee who joined this week.
 */
export const quietThief: Partial<Facts> = {
  newPayee: true,
  paymentsToPayee: 0,
  newPayees24h: 1,
  newPayeeSum24h: 90_000,
  leavingSum24h: 90_000,
  amount: 90_000,
  networkAge: 0,
  hourShare: 3,
  payeeAge: 4_000,
}

/** The same payment by the customer himself: at home, to somebody who has been here for long. */
export const honestTwin: Partial<Facts> = {
  ...quietThief,
  networkAge: 400_000,
  payeeAge: 800_000,
}

export function drawThief(random: Random): Facts {
  return factsWith({
    ...quietThief,
    amount: random.between(40_000, 160_000),
    networkAge: random.between(0, 300),
    payeeAge: random.between(100, 9_000),
    hourShare: random.between(0, 20),
  })
}

export function drawHonest(random: Random): Facts {
  const newPayee = random.next() < 0.3
  return factsWith({
    ...(newPayee && quietThief),
    amount: random.between(500, 200_000),
    networkAge: random.next() < 0.15 ? random.between(0, 900) : random.between(1_000, 500_000),
    payeeAge: random.next() < 0.15 ? random.between(0, 9_000) : random.between(9_000, 900_000),
    hourShare: random.between(0, 40),
  })
}

export const firstDay: Instant = Date.parse('2013-08-01T00:00:00Z')
/** Thefts become known so long after the payment. */
export const known: number = 3 * day

export interface RecordedPayments {
  readonly prefix: string
  readonly count: number
  readonly from: Instant
  /** Every so many is a theft; 0: none. */
  readonly theftEvery: number
  readonly draw?: (random: Random) => Facts
}

/** Payments an hour apart and the labels of their thefts, known three days later; in two writes. */
export async function recordPayments(sql: Sql, wanted: RecordedPayments): Promise<void> {
  const { prefix, count, from, theftEvery, draw = drawHonest } = wanted
  const random = createSeededRandom(11)
  const rows = Array.from({ length: count }, (_, i) => {
    const theft = theftEvery > 0 && i % theftEvery === 3
    const facts = encodeFacts(theft ? drawThief(random) : draw(random))
    return { id: `${prefix}${i}`, at: from + i * hour, theft, facts }
  })
  await sql`
    insert into risk.decision (id, step, customer_id, subject, at, outcome, score, level,
      rule_hits, policy_version, facts, amount)
    select 'dec_' || id, 'payment', 'cus_a', 'pay_' || id, at, 'allow', 0, 'normal', 0, 'x',
      decode(facts, 'hex'), 100
    from unnest(${rows.map(({ id }) => id)}::text[],
      ${rows.map(({ at }) => new Date(at).toISOString())}::text[]::timestamptz[],
      ${rows.map(({ facts }) => Buffer.from(facts).toString('hex'))}::text[]) as r (id, at, facts)`
  const thefts = rows.filter(({ theft }) => theft)
  await sql`
    insert into risk.label (subject, label, known_at, by, reason)
    select 'pay_' || id, 'theft', at, 'opr_1', 'test'
    from unnest(${thefts.map(({ id }) => id)}::text[],
      ${thefts.map(({ at }) => new Date(at + known).toISOString())}::text[]::timestamptz[])
      as r (id, at)`
}
