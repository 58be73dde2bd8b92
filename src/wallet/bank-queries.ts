import type { Sql } from '#database'
import type { BankAccount } from './bank-account.ts'
import type { TopUp } from './top-up.ts'
import type { Withdrawal } from './withdrawal.ts'

/** A customer's linked bank accounts, oldest first. */
export async function bankAccountsOf(sql: Sql, customerId: string): Promise<BankAccount[]> {
  return sql<BankAccount[]>`
    select id, customer_id as "customerId", bank_name as "bankName",
      account_number as "accountNumber", holder_name as "holderName", linked_at as "linkedAt",
      usable_from as "usableFrom", unlinked_at as "unlinkedAt"
    from wallet.bank_account where customer_id = ${customerId} and unlinked_at is null
    order by linked_at`
}

/** Top-ups whose bank has not answered for good, oldest first. */
export async function waitingTopUps(sql: Sql): Promise<TopUp[]> {
  return sql<TopUp[]>`
    select id, customer_id as "customerId", bank_account_id as "bankAccountId",
      account_number as "accountNumber", amount, state, refusal, created_at as "createdAt",
      ended_at as "endedAt"
    from wallet.top_up where state = 'pending' order by created_at limit 500`
}

/** Withdrawals whose bank has not answered for good, oldest first. */
export async function waitingWithdrawals(sql: Sql): Promise<Withdrawal[]> {
  return sql<Withdrawal[]>`
    select id, customer_id as "customerId", bank_account_id as "bankAccountId",
      account_number as "accountNumber", amount, state, decision_id as "decisionId", reasons,
      created_at as "createdAt", ended_at as "endedAt"
    from wallet.withdrawal where state = 'pending' order by created_at limit 500`
}

/** Fen of withdrawals that have left the wallet and not yet the reserve. */
export async function withdrawalsUnderWay(sql: Sql, customerId: string): Promise<bigint> {
  const [row] = await sql<{ total: bigint }[]>`
    select coalesce(sum(amount), 0)::int8 as total from wallet.withdrawal
    where customer_id = ${customerId} and state = 'pending'`
  return row?.total ?? 0n
}
