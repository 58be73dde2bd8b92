import type { Sql } from '#database'

/** What the guard decided about a payment, order or withdrawal. */
export interface DecidedSubject {
  readonly subject: string
  readonly decisions: number
  /** Decisions that let the money go, at once or after a challenge or review. */
  readonly notDenied: number
}

/** How often each of some subjects was decided on; those never decided on are left out. */
export async function decidedSubjects(
  sql: Sql,
  subjects: readonly string[],
): Promise<DecidedSubject[]> {
  return sql<DecidedSubject[]>`
    select subject, count(*)::int4 as decisions,
      count(*) filter (where outcome <> 'deny')::int4 as "notDenied"
    from risk.decision
    where subject = any(${[...subjects]}::text[]) and subject <> '' group by subject`
}
