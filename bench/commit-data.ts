import type { Sql } from '#database'
import { sessionIdOf } from '#identity'

export const customers = 100_000
/** Everybody starts with a million yuan: no run may end for lack of funds. */
const opening = 100_000_000n

/** Sixteen digits, the first a one: made without padding, which would cost more than a record. */
const numbered = (n: number) => 1_000_000_000_000_000 + n
export const customerId = (n: number) => `cus_${numbered(n)}`
export const deviceId = (n: number) => `dev_${numbered(n)}`
export const sessionId = (n: number) => `${sessionPrefix}${numbered(n)}`
const sessionPrefix = `ses_${'0'.repeat(48)}`
/** The secret of a customer's own session, for a client that comes over HTTP. */
export const tokenOf = (n: number) => `bench_session_token_${numbered(n)}`
/** Some 80 households behind each address. */
export const networkOf = (n: number) => `203.0.${n % 1_250}`

/**
 * 100,000 customers with wallet, holding, trusted device and session, written set-based as the
 * owner, and the entry that puts money into their wallets: the books balance before the first run.
 */
export async function prepareCustomers(owner: Sql, now: number): Promise<void> {
  const at = new Date(now - 90 * 86_400_000).toISOString()
  const id = (prefix: string) => `'${prefix}' || (${numbered(0)} + i)`
  const series = `generate_series(1, ${customers}) i`
  const account = (code: string, book: string, credit: bigint) => `
    insert into ledger.account (id, code, owner, book, side, not_negative, debits_posted,
      credits_posted, debits_pending, credits_pending, posting_seq, opened_at, row_version)
    select '${code}:' || ${id('cus_')}, '${code}', ${id('cus_')}, '${book}', 'credit',
      true, 0, ${credit}, 0, 0, ${credit > 0n ? 1 : 0}, '${at}', 1 from ${series}`
  const total = opening * BigInt(customers)
  await owner.unsafe(`
    insert into identity.customer (id, kind, name, phone, email, id_number_hash, created_at, status,
      forwarding, sim_swap, silence, sms_observed_at, failed_sign_ins, last_active_at,
      device_customers, row_version)
    select ${id('cus_')}, 'person', 'Customer ' || i, '+86' || (13000000000 + i), null, null,
      '${at}', 'active', 'no', 'no', 'no', '${at}', 0, '${at}', 1, 1 from ${series};
    insert into identity.device (id, customer_id, device_id, name, added_at, added_by, trusted_from,
      last_seen_at, row_version)
    select ${id('cus_')} || '/' || ${id('dev_')}, ${id('cus_')}, ${id('dev_')},
      'Phone', '${at}', 'sign_up', '${at}', '${at}', 1 from ${series};
    insert into identity.device_use (id, customers_seen, first_seen_at, row_version)
    select ${id('dev_')}, 1, '${at}', 1 from ${series};
    insert into identity.session (id, customer_id, device_id, network, created_at, expires_at,
      entry, proof, row_version)
    select ${id(sessionPrefix)}, ${id('cus_')}, ${id('dev_')}, '203.0.' || (i % 1250),
      '${at}', '${new Date(now + 86_400_000).toISOString()}', 'password', 'password', 1
    from ${series};
    ${account('2010', 'OP', opening)};
    ${account('R201', 'REG', 0n)};
    insert into ledger.account (id, code, book, side, not_negative, debits_posted, credits_posted,
      debits_pending, credits_pending, posting_seq, opened_at, row_version)
    values ('1010', '1010', 'OP', 'debit', true, ${total}, 0, 0, 0, 1, '${at}', 1);
    insert into ledger.entry (number, kind, ref, at) values (0, 'top_up', 'bench', '${at}');
    insert into ledger.posting (account, seq, entry, amount, balance, at)
    select '2010:' || ${id('cus_')}, 1, 0, -${opening}, -${opening}, '${at}' from ${series};
    insert into ledger.posting values ('1010', 1, 0, ${total}, ${total}, '${at}');`)
  await owner.unsafe('vacuum analyze ledger.account')
  await owner.unsafe('vacuum analyze identity.customer')
}

/** A session for each customer that a client can come with over HTTP (`tokenOf`). */
export async function openSessions(owner: Sql, now: number): Promise<void> {
  const at = new Date(now - 3_600_000).toISOString()
  const ends = new Date(now + 86_400_000).toISOString()
  for (let first = 1; first <= customers; first += 10_000) {
    const numbers = Array.from({ length: 10_000 }, (_, i) => first + i)
    await owner`
      insert into identity.session (id, customer_id, device_id, network, created_at, expires_at,
        entry, proof, row_version)
      select s, c, d, '127.0.0', ${at}, ${ends}, 'password', 'password', 1
      from unnest(${numbers.map((n) => sessionIdOf(tokenOf(n)))}::text[],
        ${numbers.map(customerId)}::text[], ${numbers.map(deviceId)}::text[]) as a(s, c, d)`
  }
}
