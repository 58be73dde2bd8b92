import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { migrate, openDatabase, readMigrations, type Sql } from '#database'
import { createSeededRandom, day, required, systemClock } from '#kernel'
import {
  backtestPolicy,
  builtInPolicies,
  compilePolicy,
  encodeFacts,
  neutralFacts,
  type Facts,
} from '#risk'
import { machine, rounded } from './report.ts'

const decisions = 200_000
const differentFacts = 2_000
const theftsPerMille = 2
/** A million decisions in less than a minute. */
const floorPerSecond = 1_000_000 / 60
const say = (line: string) => process.stderr.write(`${line}\n`)

/** Facts drawn about every rule's line, so that every rule hits somewhere. */
function drawFacts(random: ReturnType<typeof createSeededRandom>): Facts {
  const odd = random.next() < 0.1
  return {
    ...neutralFacts,
    hasSession: true,
    deviceKnown: !odd,
    deviceTrusted: !odd,
    deviceAge: odd ? 0 : random.between(10, 500_000),
    networkAge: random.between(0, 500_000),
    customerAge: random.between(10_000, 900_000),
    sessionAge: random.between(0, 600),
    payeeAge: random.between(0, 900_000),
    source: random.pick(['wallet', 'fund'] as const),
    payeeKind: random.pick(['person', 'merchant'] as const),
    newPayee: random.next() < 0.2,
    amount: random.between(100, 4_000_000),
    newPayeeSum24h: random.between(0, 4_000_000),
    leavingSum24h: random.between(100, 6_000_000),
    shareLeaving24h: random.between(0, 100),
    paymentsEver: random.between(0, 300),
    payments24h: random.between(0, 6),
    timesLargest: random.between(0, 1_200),
    hourShare: random.between(0, 40),
    callInProgress: random.next() < 0.02,
    remoteControl: random.next() < 0.005,
  }
}

/**
 * `today` replayed over 200,000 recorded decisions of 2,000 different facts with 400 labelled
 * thefts. Exit 1 when a million of them would take a minute or more.
 */
export async function benchBacktest({ json }: { json: boolean }): Promise<number> {
  const dataDir = mkdtempSync(join(tmpdir(), 'coffer-bench-'))
  const database = await openDatabase({ checkout: process.cwd(), dataDir }, () => undefined)
  try {
    await migrate(database, readMigrations())
    const owner = database.connect('owner', { max: 1 })
    await fill(owner)
    await owner.end()
    const policy = compilePolicy(builtInPolicies.today)
    if (!policy.ok) throw new Error('today compiles')
    const sql = database.connect('app', { max: 1 })
    const now = systemClock.now()
    const span = { from: now - 365 * day, to: now + day, labelsKnownBy: now + day }
    const found = await backtestPolicy(sql, { policy: policy.value, span })
    await sql.end()
    const perSecond = rounded(found.decisions / found.seconds)
    say(`${found.decisions} decisions in ${rounded(found.seconds, 2)} s: ${perSecond}/s`)
    const { changed, candidate } = found
    const run = {
      kind: 'backtest',
      decisions: found.decisions,
      rules: policy.value.rules.length,
      seconds: rounded(found.seconds, 2),
      perSecond,
      millionSeconds: rounded(1_000_000 / perSecond, 1),
      changed,
      thefts: candidate.caught.of,
      caught: candidate.caught.count,
    }
    const report = { name: 'backtest', machine: machine(), runs: [run] }
    if (json) process.stdout.write(`${JSON.stringify(report)}\n`)
    return perSecond >= floorPerSecond ? 0 : 1
  } finally {
    await database.close()
    rmSync(dataDir, { recursive: true, force: true })
  }
}

async function fill(owner: Sql): Promise<void> {
  say(`${decisions} decisions`)
  const random = createSeededRandom(1)
  const facts = Array.from({ length: differentFacts }, () => encodeFacts(drawFacts(random)))
  await owner`create table risk.bench_facts (number int4 primary key, facts bytea not null)`
  for (const [number, bytes] of facts.entries()) {
    await owner`insert into risk.bench_facts values (${number}, ${required(bytes, 'facts')})`
  }
  await owner.unsafe(`
    insert into risk.decision (id, step, customer_id, subject, at, outcome, score, level,
        rule_hits, policy_version, facts, amount)
      select 'dec_' || i, 'payment', 'cus_' || i % 1000, 'pay_' || i,
        now() - interval '30 days' + i * interval '10 seconds', 'allow', 0, 'normal', 0, 'none',
        f.facts, 10000
      from generate_series(1, ${decisions}) i
      join risk.bench_facts f on f.number = i * 7919 % ${differentFacts};
    insert into risk.label (subject, label, known_at, by, reason)
      select 'pay_' || i, 'theft', now(), 'bench', 'bench'
      from generate_series(1, ${decisions}, ${1_000 / theftsPerMille}) i`)
  await owner`analyze risk.decision`
}
