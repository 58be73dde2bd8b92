import type { Sql } from '#database'
import type { Instant } from '#kernel'
import { compiledPolicy } from '../compile-policy.ts'
import { decide } from '../decide.ts'
import { decodeFacts } from '../facts-codec.ts'
import { policyWithModel } from '../models/policy-with-model.ts'
import { readMeasures } from '../lists/measures.ts'
import type { Outcome } from '../outcome.ts'
import type { PolicyDocument } from '../policy.ts'

/** One page of work: about 50 ms of computing between two looks at the rest of the program. */
const pageSize = 1_000

interface Waiting {
  readonly id: string
  readonly at: Instant
  readonly outcome: string
  readonly facts: Uint8Array
  readonly measures: string | null
}

/**
 * Decides what a shadow policy has not yet decided, from the stored facts, beside the hot path;
 * answers how many. Two servers may do it at once: a phantom decision is written once.
 */
export async function decideInShadow(
  sql: Sql,
  shadow: {
    version: string
    since: Instant
    document: PolicyDocument
    /** The model to ask, loaded; null: none. */
    modelVersion: string | null
  },
): Promise<number> {
  const { version } = shadow
  const policy = policyWithModel(compiledPolicy(version, shadow.document), shadow.modelVersion)
  let decided = 0
  for (;;) {
    // The lane's instants never go back: everything before the newest phantom one is done.
    const rows = await sql<Waiting[]>`
      select d.id, d.at, d.outcome, d.facts, d.measures::text as measures
      from risk.decision d
      where d.at >= greatest(${iso(shadow.since)}::text::timestamptz,
          (select max(at) from risk.phantom_decision where policy_version = ${version}))
        and not exists (select from risk.phantom_decision p
          where p.policy_version = ${version} and p.decision_id = d.id)
      order by d.at, d.id limit ${pageSize}`
    if (rows.length === 0) return decided
    const verdicts = rows.map(({ facts, measures }) =>
      decide(decodeFacts(facts), policy, readMeasures(measures)),
    )
    await sql`
      insert into risk.phantom_decision
        (policy_version, decision_id, at, outcome, live_outcome, score, rule_hits)
      select ${version}, * from unnest(
        ${rows.map(({ id }) => id)}::text[],
        ${rows.map(({ at }) => iso(at))}::text[]::timestamptz[],
        ${verdicts.map(({ outcome }) => outcome)}::text[],
        ${rows.map(({ outcome }) => outcome)}::text[],
        ${verdicts.map(({ score }) => score.toString())}::text[]::int4[],
        ${verdicts.map(({ ruleHits }) => ruleHits.toString())}::text[]::int8[])
      on conflict do nothing`
    decided += rows.length
    if (rows.length < pageSize) return decided
  }
}

export interface PhantomCount {
  readonly version: string
  readonly live: Outcome
  readonly phantom: Outcome
  readonly count: number
}

/** How often each shadow policy agreed with the live one, and how it differed. */
export function countPhantoms(sql: Sql): Promise<PhantomCount[]> {
  return sql<PhantomCount[]>`
    select policy_version as version, live_outcome as live, outcome as phantom,
      count(*)::int4 as count
    from risk.phantom_decision group by 1, 2, 3 order by 1, 2, 3`
}

export interface PhantomDecision {
  readonly version: string
  readonly outcome: Outcome
  readonly score: number
}

/** What shadow policies said of a decision. */
export function phantomsOf(sql: Sql, decisionId: string): Promise<PhantomDecision[]> {
  return sql<PhantomDecision[]>`
    select policy_version as version, outcome, score from risk.phantom_decision
    where decision_id = ${decisionId} order by policy_version`
}

function iso(at: Instant): string {
  return new Date(at).toISOString()
}
