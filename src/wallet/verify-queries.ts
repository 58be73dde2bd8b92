import type { Sql } from '#database'
import type { PaymentState } from './payment.ts'

/** Money that an entry moved, for a payment (which names the entry) or a withdrawal (null). */
export interface MovedMoney {
  readonly id: string
  readonly entry: bigint | null
}

/** Whether what money was moved for does not say so at all, or names another entry. */
export interface UnlikeMoved {
  readonly id: string
  readonly says: 'nothing' | 'another_entry'
}

/** Those of some movements that their payments and withdrawals do not tell of. */
export async function unlikeMoved(sql: Sql, moved: readonly MovedMoney[]): Promise<UnlikeMoved[]> {
  const ids = moved.map(({ id }) => id)
  const entries = moved.map(({ entry }) => entry?.toString() ?? null)
  return sql<UnlikeMoved[]>`
    select moved.id, case when told.id is null then 'nothing' else 'another_entry' end as says
    from unnest(${ids}::text[], ${entries}::text[]::int8[]) as moved (id, entry)
    left join (
      select id, entry from wallet.payment where state in ('posted', 'recalled')
      union all
      select id, null from wallet.withdrawal where state in ('pending', 'settled', 'returned')
    ) as told on told.id = moved.id
    where told.id is null or (moved.entry is not null and told.entry is distinct from moved.entry)`
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
