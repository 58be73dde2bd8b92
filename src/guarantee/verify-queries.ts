import type { Sql } from '#database'

/** A claim whose money may be at the bank already and not yet in our books. */
export interface AwaitedClaim {
  readonly id: string
  /** What the insurer and the bank know this leg by. */
  readonly insurerId: string
  /** Fen. */
  readonly owed: bigint
}

export async function awaitedClaims(sql: Sql): Promise<AwaitedClaim[]> {
  return sql<AwaitedClaim[]>`
    select id, case state when 'second_approval' then id else id || ':income' end as "insurerId",
      case state when 'second_approval' then principal_accepted
        else income_missed - income_paid end as owed
    from guarantee.claim
    where state = 'second_approval' or (state = 'recovering' and income_missed is not null)
    order by id`
}

/** What we booked of the insurer's money in and of premiums out, in fen, with what is under way. */
export interface InsurerAccount {
  readonly paidByInsurer: bigint
  readonly premiumsPaid: bigint
  /** Accrued, perhaps moved at the bank already: oldest first. */
  readonly premiumsOwed: readonly { readonly id: string; readonly amount: bigint }[]
}

export async function insurerAccount(sql: Sql): Promise<InsurerAccount> {
  const [sums] = await sql<[Omit<InsurerAccount, 'premiumsOwed'>]>`
    select (select coalesce(sum(paid_by_insurer), 0) from guarantee.claim)::int8
        as "paidByInsurer",
      (select coalesce(sum(amount), 0) from guarantee.premium where state = 'paid')::int8
        as "premiumsPaid"`
  const premiumsOwed = await sql<{ id: string; amount: bigint }[]>`
    select id, amount from guarantee.premium where state = 'accrued' order by accrued_at, id`
  return { ...sums, premiumsOwed }
}
