import type { Sql } from '#database'
import type { Instant } from '#kernel'

/** What the board shows of thefts; all amounts in fen. attempted = intercepted + lost. */
export interface TheftFigures {
  /** Reports of theft: the numerator of the theft rates counts those with a loss. */
  readonly reports: number
  readonly thefts: number
  readonly attempted: bigint
  readonly intercepted: bigint
  readonly lost: bigint
  readonly recovered: bigint
  /** Paid to victims: principal and income missed. */
  readonly madeWhole: bigint
  readonly paidByInsurer: bigint
  readonly reserve: bigint
  readonly claimsOpen: number
  readonly claimsBreached: number
}

/** Thefts reported since an instant. */
export async function theftFigures(sql: Sql, since: Instant): Promise<TheftFigures> {
  const [reports] = await sql<
    Pick<TheftFigures, 'reports' | 'thefts' | 'attempted' | 'intercepted' | 'lost'>[]
  >`select count(*)::int4 as reports, count(*) filter (where lost > 0)::int4 as thefts,
      coalesce(sum(disputed), 0)::int8 as attempted, coalesce(sum(stopped), 0)::int8 as intercepted,
      coalesce(sum(lost), 0)::int8 as lost
    from guarantee.report where reported_at >= to_timestamp(${since}::float8 / 1000)`
  const [claims] = await sql<
    Pick<
      TheftFigures,
      'recovered' | 'madeWhole' | 'paidByInsurer' | 'reserve' | 'claimsOpen' | 'claimsBreached'
    >[]
  >`select coalesce(sum(recovered), 0)::int8 as recovered,
      coalesce(sum(principal_paid + income_paid), 0)::int8 as "madeWhole",
      coalesce(sum(paid_by_insurer), 0)::int8 as "paidByInsurer",
      coalesce(sum(reserve), 0)::int8 as reserve,
      count(*) filter (where closed_at is null)::int4 as "claimsOpen",
      count(*) filter (where clocks @> '[{"breached": true}]')::int4 as "claimsBreached"
    from guarantee.claim where opened_at >= to_timestamp(${since}::float8 / 1000)`
  return {
    ...(reports ?? { reports: 0, thefts: 0, attempted: 0n, intercepted: 0n, lost: 0n }),
    ...(claims ?? {
      recovered: 0n,
      madeWhole: 0n,
      paidByInsurer: 0n,
      reserve: 0n,
      claimsOpen: 0,
      claimsBreached: 0,
    }),
  }
}

/** Ids of payments that were disputed: they are left out when honest payments are counted. */
export async function disputedPayments(sql: Sql, since: Instant): Promise<string[]> {
  const rows = await sql<{ id: string }[]>`select id from guarantee.dispute
    where at >= to_timestamp(${since}::float8 / 1000)`
  return rows.map(({ id }) => id)
}

/** What we say the insurer has paid, to be compared with his own word. */
export async function insurerPaid(sql: Sql): Promise<bigint> {
  const [row] = await sql<{ paid: bigint }[]>`select coalesce(sum(paid_by_insurer), 0)::int8 as paid
    from guarantee.claim`
  return row?.paid ?? 0n
}
