import type { Sql } from '#database'
import type { Instant } from '#kernel'
import { decodeFacts } from '../facts-codec.ts'
import type { ReadyModel } from './ready-model.ts'

/** One page of work between two looks at the rest of the program. */
const pageSize = 1_000

interface Waiting {
  readonly id: string
  readonly at: Instant
  readonly outcome: string
  readonly facts: Uint8Array
}

/**
 * Scores what a shadow model has not yet scored of the payments and withdrawals decided since, from
 * their stored facts and page by page; answers how many. Two servers may do it at once.
 */
export async function scoreInShadow(
  sql: Sql,
  { model, since }: { model: ReadyModel; since: Instant },
): Promise<number> {
  const { version } = model
  let scored = 0
  for (;;) {
    // The lane's instants never go back: everything before the newest score is done.
    const rows = await sql<Waiting[]>`
      select d.id, d.at, d.outcome, d.facts from risk.decision d
      where d.step in ('payment', 'withdrawal')
        and d.at >= greatest(${new Date(since).toISOString()}::text::timestamptz,
          (select max(at) from risk.model_score where model_version = ${version}))
        and not exists (select from risk.model_score s
          where s.model_version = ${version} and s.decision_id = d.id)
      order by d.at, d.id limit ${pageSize}`
    if (rows.length === 0) return scored
    const scores = rows.map(({ facts }) => model.scoreOf(decodeFacts(facts)))
    await sql`
      insert into risk.model_score (model_version, decision_id, at, score, live_outcome)
      select ${version}, * from unnest(
        ${rows.map(({ id }) => id)}::text[],
        ${rows.map(({ at }) => new Date(at).toISOString())}::text[]::timestamptz[],
        ${scores.map(String)}::text[]::int4[],
        ${rows.map(({ outcome }) => outcome)}::text[])
      on conflict do nothing`
    scored += rows.length
    if (rows.length < pageSize) return scored
  }
}

export interface ShadowCount {
  readonly version: string
  /** Lower end of the scores counted, in percent. */
  readonly fromPercent: number
  readonly live: string
  readonly count: number
}

/** What shadow models said, in bands of the probability, against what was decided. */
export function countShadowScores(sql: Sql, version: string): Promise<ShadowCount[]> {
  return sql<ShadowCount[]>`
    select model_version as version, live_outcome as live, count(*)::int4 as count,
      (case when score < 10000 then 0 when score < 50000 then 1 when score < 200000 then 5
        when score < 500000 then 20 else 50 end)::int4 as "fromPercent"
    from risk.model_score where model_version = ${version}
    group by 1, 2, 4 order by 4, 2`
}

/** What shadow models said of a decision, in parts per million. */
export function shadowScoresOf(
  sql: Sql,
  decisionId: string,
): Promise<{ version: string; score: number }[]> {
  return sql<{ version: string; score: number }[]>`
    select model_version as version, score from risk.model_score
    where decision_id = ${decisionId} order by model_version`
}
