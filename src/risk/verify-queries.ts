import type { Sql } from '#database'

/** What the guard decided about a payment, order or withdrawal, where it is not one yes. */
export interface UnfitDecision {
  readonly subject: string
  readonly decisions: number
}

/**
 * Those of some subjects that have not exactly one decision, or one that denied. Every other one
 * was let go, at once or after a challenge or review. One pass over all decisions whatever the
 * number of subjects: ask for many at once.
 */
export async function unfitDecisions(
  sql: Sql,
  subjects: readonly string[],
): Promise<UnfitDecision[]> {
  return sql<UnfitDecision[]>`
    select asked.subject, count(d.id)::int4 as decisions
    from (select distinct unnest(${[...subjects]}::text[]) as subject) asked
    left join risk.decision d on d.subject = asked.subject and d.subject <> ''
    group by asked.subject
    having count(d.id) <> 1 or count(*) filter (where d.outcome = 'deny') > 0`
}
