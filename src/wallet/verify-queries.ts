import type { Sql } from '#database'
import type { PaymentState } from './payment.ts'

/** A payment or withdrawal whose money has moved, and the entry it names (withdrawals: none). */
export interface MovedMoney {
  readonly id: string
  readonly amount: bigint
  readonly entry: bigint | null
}

/** Those of some ids that say that their money has moved. */
export async function movedMoney(sql: Sql, ids: readonly string[]): Promise<MovedMoney[]> {
  return sql<MovedMoney[]>`
    select id, amount, entry from wallet.payment
    where id = any(${[...ids]}::text[]) and state in ('posted', 'recalled')
    union all
    select id, amount, null from wallet.withdrawal
    where id = any(${[...ids]}::text[]) and state in ('pending', 'settled', 'returned')`
}

/** How many payments and withdrawals say that their money has moved. */
export async function countMovedMoney(
  sql: Sql,
): Promise<{ payments: number; withdrawals: number }> {
  const [row] = await sql<{ payments: number; withdrawals: number }[]>`
    select
      (select count(*) from wallet.payment where state in ('posted', 'recalled'))::int4
        as payments,
      (select count(*) from wallet.withdrawal where state <> 'denied')::int4 as withdrawals`
  return row ?? { payments: 0, withdrawals: 0 }
}

/** In which state some payments are. */
export async function paymentStates(
  sql: Sql,
  ids: readonly string[],
): Promise<ReadonlyMap<string, PaymentState>> {
  const rows = await sql<{ id: string; state: PaymentState }[]>`
    select id, state from wallet.payment where id = any(${[...ids]}::text[])`
  return new Map(rows.map(({ id, state }) => [id, state]))
}

/** Top-ups and withdrawals that the bank has been or will be asked for, its answer not booked. */
export interface MoneyUnderWay {
  readonly topUps: readonly { readonly id: string; readonly amount: bigint }[]
  readonly withdrawals: readonly { readonly id: string; readonly amount: bigint }[]
}

export async function moneyUnderWay(sql: Sql): Promise<MoneyUnderWay> {
  const topUps = await sql<{ id: string; amount: bigint }[]>`
    select id, amount from wallet.top_up where state = 'pending' order by id`
  const withdrawals = await sql<{ id: string; amount: bigint }[]>`
    select id, amount from wallet.withdrawal where state = 'pending' order by id`
  return { topUps, withdrawals }
}
