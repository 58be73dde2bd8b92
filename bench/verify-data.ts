import { buildCoffer } from '#app'
import type { Database, Sql } from '#database'
import { createSeededRandom, invariant, systemClock } from '#kernel'
import { sealJournal } from '#ledger'
import { createLogger } from '#observability'
import { createWorld, demoStart } from '#world'

const from = '2025-03-03'
const days = 30
const wallets = 100_000
/** One payment of so many was held and released by an analyst. */
const heldOneOf = 50
/** Fen that each wallet begins with: none of its payments, of at most 10 yuan, can lack funds. */
const opening = 10_000_000

/**
 * The books of a city that lived 30 days through the product (funds, claims, recalls, orders, all
 * of it), and on top as many payments as are missing to `entries`, set-based: the rows that the
 * product wrote for a payment of that city, for other people. All of it sealed.
 */
export async function makeBooks(
  database: Database,
  entries: number,
  say: (line: string) => void,
): Promise<void> {
  say(`a city lives ${days} days`)
  await liveThroughCity(database)
  const owner = database.connect('owner', { max: 1 })
  try {
    const [row] = await owner<[{ there: number }]>`
      select count(*)::int4 as there from ledger.entry`
    const payments = entries - row.there
    invariant(payments > 0, 'more entries than the city itself makes')
    say(`${row.there} entries; ${payments} payments on top`)
    await openWallets(owner)
    await writePayments(owner, payments)
    await owner.unsafe('vacuum analyze')
  } finally {
    await owner.end()
  }
  say('sealing')
  const app = database.connect('app', { max: 1 })
  const wish = { partial: true, most: 1_000_000 }
  try {
    await sealJournal(app, wish, systemClock.now())
  } finally {
    await app.end()
  }
}

async function liveThroughCity(database: Database): Promise<void> {
  const coffer = await simulatedCoffer(database)
  const { flows, context, simulators } = coffer
  const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))
  const world = createWorld({ flows, context, simulators, seed: 1, from, sleep })
  try {
    await world.makeHistory({ days, onProgress: () => undefined })
  } finally {
    await coffer.close()
  }
}

/** The whole product on simulated partners and time, without jobs. */
export async function simulatedCoffer(database: Database) {
  const coffer = await buildCoffer({
    database,
    clock: systemClock,
    random: createSeededRandom(1),
    log: createLogger({ level: 'warn', write: (line) => process.stderr.write(line) }),
    pepper: 'pepper of the bench',
    passwordCost: { memoryKiB: 256, iterations: 1 },
    policy: 'today',
    simulation: { start: demoStart(from), rate: 0, seed: 1 },
    partners: {},
    jobs: false,
    http: {
      version: 'bench',
      pages: null,
      https: false,
      trustProxy: false,
      rateLimits: null,
      replay: null,
    },
  })
  const { simulators } = coffer
  invariant(simulators !== null, 'the bench runs on simulated partners')
  return { ...coffer, simulators }
}

/** Wallets with money that the bank has seen come in; their profile is one of the city's. */
async function openWallets(owner: Sql): Promise<void> {
  const total = wallets * opening
  await owner.unsafe(`
    create table commit.bench as
      select next_number as first, last_instant as at from commit.lane;
    select partners.bank_post('bench', 'transfer', 'outside', 'reserve', ${total}, at, null)
      from commit.bench;
    insert into ledger.entry (number, kind, ref, at) select first, 'top_up', 'bench', at
      from commit.bench;
    insert into ledger.account (id, code, owner, book, side, not_negative, debits_posted,
        credits_posted, debits_pending, credits_pending, posting_seq, opened_at, profile,
        row_version)
      select '2010:cus_' || (1000000000000000 + i), '2010', 'cus_' || (1000000000000000 + i), 'OP',
        'credit', true, 0, ${opening}, 0, 0, 1, b.at, p.profile, 1
      from commit.bench b, (select profile from ledger.account where code = '2010'
        order by length(profile) desc nulls last, id limit 1) p, generate_series(1, ${wallets}) i;
    insert into ledger.posting (account, seq, entry, amount, balance, at)
      select id, 1, b.first, -${opening}, -${opening}, b.at
      from commit.bench b, ledger.account where id >= '2010:cus_1000000000000001'
        and id <= '2010:cus_${1_000_000_000_000_000 + wallets}' and length(id) = 25;
    update ledger.account set debits_posted = debits_posted + ${total},
      posting_seq = posting_seq + 1, row_version = row_version + 1 where id = '1010';
    insert into ledger.posting (account, seq, entry, amount, balance, at)
      select id, posting_seq, b.first, ${total}, debits_posted - credits_posted, b.at
      from commit.bench b, ledger.account where id = '1010'`)
}

/** A millisecond apart, between wallets drawn by arithmetic, each account's postings in order. */
async function writePayments(owner: Sql, payments: number): Promise<void> {
  const heldMs = 3_600_000
  await owner.unsafe(`
    create table commit.bench_paid as
      select i, b.first + i as entry, 1000000000000000 + i as n, i % ${heldOneOf} = 0 as held,
        'cus_' || (1000000000000001 + i * 7919 % ${wallets}) as payer,
        'cus_' || (1000000000000001 + (i * 7919 + 1 + i * 31337 % ${wallets - 1}) % ${wallets})
          as payee,
        1 + i * 104729 % 1000 as amount, b.at + i * interval '1 millisecond' as at
      from commit.bench b, generate_series(1, ${payments}::int8) i;
    insert into ledger.entry (number, kind, ref, hold_id, at)
      select entry, 'transfer', 'pay_' || n, case when held then 'hld_' || n end, at
      from commit.bench_paid order by i;
    insert into ledger.posting (account, seq, entry, amount, balance, at)
      select account, 1 + row_number() over w, entry, amount,
        -${opening} + sum(amount) over w, at
      from (select '2010:' || payer as account, entry, amount, at from commit.bench_paid
        union all select '2010:' || payee, entry, -amount, at from commit.bench_paid) p
      window w as (partition by account order by entry) order by entry;
    update ledger.account a set debits_posted = debits_posted + p.debits,
      credits_posted = credits_posted + p.credits, posting_seq = posting_seq + p.postings,
      row_version = row_version + p.postings
    from (select p.account, count(*) as postings, sum(amount) filter (where amount > 0) as debits,
        -sum(amount) filter (where amount < 0) as credits
      from ledger.posting p, commit.bench b where p.entry > b.first group by p.account) p
    where a.id = p.account;
    insert into risk.decision (id, step, customer_id, subject, at, outcome, score, level,
        rule_hits, policy_version, facts, amount)
      select 'dec_' || n, 'payment', payer, 'pay_' || n, p.at,
        case when held then 'hold' else 'allow' end, d.score, d.level, d.rule_hits,
        d.policy_version, d.facts, p.amount
      from commit.bench_paid p, (select * from risk.decision where step = 'payment'
        and outcome = 'allow' order by length(facts) desc, id limit 1) d order by i;
    insert into wallet.payment (id, payer, payee, payee_kind, amount, source, state, memo,
        decision_id, outcome, reasons, hold_id, entry, device_id, network, created_at, deadline,
        ended_at, recalled_amount, row_version)
      select 'pay_' || n, payer, payee, 'person', amount, 'wallet', 'posted', null, 'dec_' || n,
        case when held then 'hold' else 'allow' end, case when held then '["new_payee"]'::jsonb end,
        case when held then 'hld_' || n end, entry, 'dev_' || payer, '203.0.113',
        case when held then at - interval '${heldMs} ms' else at end, null, at, 0, 1
      from commit.bench_paid order by i;
    insert into commit.request (id, digest, outcome, at, row_version)
      select payer || '/pay:req_' || n, n * 7919, r.outcome, p.at, 1
      from commit.bench_paid p, (select outcome from commit.request where id like '%/pay:%'
        and outcome like '%"posted"%' order by length(outcome) desc, id limit 1) r order by i;
    insert into ledger.hold (id, kind, ref, state, legs, amount, posted_amount, created_at,
        expires_at, ended_at, entry, row_version)
      select 'hld_' || n, 'transfer', 'pay_' || n, 'posted', jsonb_build_array(jsonb_build_object(
          'debit', '2010:' || payer, 'credit', '2010:' || payee,
          'amount', jsonb_build_object('$n', amount::text))), amount, amount,
        at - interval '${heldMs} ms', at + interval '1 day', at, entry, 2
      from commit.bench_paid where held order by i;
    insert into cases.review (id, payment_id, customer_id, amount, score, decision_id, state,
        opened_at, deadline, ended_at, decided_by, label, reason, row_version)
      select 'rev_' || n, 'pay_' || n, payer, amount, 60, 'dec_' || n, 'released',
        at - interval '${heldMs} ms', at + interval '1 day', at, 'opr_bench', 'false_alarm',
        'Called back.', 2
      from commit.bench_paid where held order by i;
    update commit.lane l set next_number = b.first + ${payments + 1},
      last_instant = b.at + ${payments} * interval '1 millisecond' from commit.bench b;
    drop table commit.bench_paid;
    drop table commit.bench`)
}
