import type { Sql } from '#database'

/** Payments labelled theft that nobody reported; amounts in fen. */
export interface UnreportedThefts {
  /** Thefts: what was tried on one payer on one day. */
  readonly attempted: number
  /** Those of them from which nothing left. */
  readonly intercepted: number
  /** Of all these payments. */
  readonly amount: bigint
  readonly stopped: bigint
}

export interface TheftLabels {
  /** Payments whose newest label is theft. */
  readonly labelled: readonly string[]
  /** Those that were reported are counted with their reports. */
  readonly disputed: readonly { readonly id: string; readonly declined: boolean }[]
}

/**
 * What analysts found to be theft and no report names. What was tried on the day of a reported
 * theft on the same payer belongs to that theft: its amount counts, but it is no other theft.
 */
export async function unreportedThefts(
  sql: Sql,
  { labelled, disputed }: TheftLabels,
): Promise<UnreportedThefts> {
  const reported = disputed.map(({ id }) => id)
  const counted = disputed.filter(({ declined }) => !declined).map(({ id }) => id)
  const [row] = await sql<UnreportedThefts[]>`
    with stray as (
      select payer, (created_at at time zone 'Asia/Shanghai')::date as day, amount,
        state in ('posted', 'recalled') as gone
      from wallet.payment where id = any(${[...labelled]}::text[])
        and not id = any(${reported}::text[])),
    known as (
      select distinct payer, (created_at at time zone 'Asia/Shanghai')::date as day
      from wallet.payment where id = any(${counted}::text[])),
    theft as (
      select payer, day, bool_or(gone) as gone from stray
      where not exists (select 1 from known
        where known.payer = stray.payer and known.day = stray.day)
      group by payer, day)
    select (select count(*) from theft)::int4 as attempted,
      (select count(*) from theft where not gone)::int4 as intercepted,
      coalesce(sum(amount), 0)::int8 as amount,
      coalesce(sum(amount) filter (where not gone), 0)::int8 as stopped
    from stray`
  return row ?? { attempted: 0, intercepted: 0, amount: 0n, stopped: 0n }
}
