import type { Sql } from '#database'
import type { Instant } from '#kernel'
import type { DecisionRow } from './decision-log.ts'
import { readMeasures } from './lists/measures.ts'
import type { Label, LabelRow } from './label-log.ts'
import type { Outcome } from './outcome.ts'
import type { PolicyDocument } from './policy.ts'
import { decodeJson } from '#kernel'

/** Which decisions to list: the newest first. */
export interface DecisionFilter {
  readonly customerId?: string
  readonly step?: string
  readonly outcome?: Outcome
  /** Decided in this moment or before: for paging. */
  readonly until?: Instant
  /** At most; default 50. */
  readonly limit?: number
}

export async function recentDecisions(
  sql: Sql,
  filter: DecisionFilter = {},
): Promise<DecisionRow[]> {
  const { customerId = null, step = null, outcome = null, until = null, limit = 50 } = filter
  const untilText = until === null ? null : new Date(until).toISOString()
  const rows = await sql<Row[]>`
    select ${columns(sql)} from risk.decision
    where (${customerId}::text is null or customer_id = ${customerId})
      and (${step}::text is null or step = ${step})
      and (${outcome}::text is null or outcome = ${outcome})
      and (${untilText}::text is null or at <= ${untilText}::text::timestamptz)
    order by at desc, id desc
    limit ${limit}`
  return rows.map(decisionOf)
}

export async function decisionById(sql: Sql, id: string): Promise<DecisionRow | undefined> {
  const rows = await sql<Row[]>`
    select ${columns(sql)} from risk.decision where id = ${id}`
  return rows[0] === undefined ? undefined : decisionOf(rows[0])
}

/** Those of the ids that are decisions, in no particular order. */
export async function decisionsByIds(sql: Sql, ids: readonly string[]): Promise<DecisionRow[]> {
  if (ids.length === 0) return []
  const rows = await sql<Row[]>`
    select ${columns(sql)} from risk.decision where id = any(${[...ids]})`
  return rows.map(decisionOf)
}

/** All decisions about a payment or order, oldest first. */
export async function decisionsBySubject(sql: Sql, subject: string): Promise<DecisionRow[]> {
  const rows = await sql<Row[]>`
    select ${columns(sql)} from risk.decision
    where subject = ${subject} and subject <> '' order by at, id`
  return rows.map(decisionOf)
}

export interface DecisionCount {
  readonly step: string
  readonly outcome: Outcome
  readonly count: number
  /** Fen. */
  readonly amount: bigint
}

/** Decisions in (since, until] by step and outcome. */
export function countDecisions(
  sql: Sql,
  { since, until }: { since: Instant; until: Instant },
): Promise<DecisionCount[]> {
  return sql<DecisionCount[]>`
    select step, outcome, count(*)::int as count, coalesce(sum(amount), 0)::int8 as amount
    from risk.decision
    where at > ${iso(since)}::text::timestamptz and at <= ${iso(until)}::text::timestamptz
    group by step, outcome order by step, outcome`
}

/** Labels of a payment, in the order they became known. */
export function labelsOf(sql: Sql, subject: string): Promise<LabelRow[]> {
  return sql<LabelRow[]>`
    select subject, label, known_at as "knownAt", by, reason from risk.label
    where subject = ${subject} order by known_at`
}

/** What a payment is called is its newest label: all that are called so now. */
export async function subjectsLabelled(sql: Sql, label: Label): Promise<string[]> {
  const rows = await sql<{ subject: string }[]>`
    select subject from (
      select distinct on (subject) subject, label from risk.label
      order by subject, known_at desc) as newest
    where label = ${label}`
  return rows.map(({ subject }) => subject)
}

/** Labels that became known in (since, until]. */
export function labelsKnown(
  sql: Sql,
  { since, until }: { since: Instant; until: Instant },
): Promise<LabelRow[]> {
  return sql<LabelRow[]>`
    select subject, label, known_at as "knownAt", by, reason from risk.label
    where known_at > ${iso(since)}::text::timestamptz
      and known_at <= ${iso(until)}::text::timestamptz
    order by known_at, subject`
}

/** The document a past decision was made with; undefined when it was never published. */
export async function policyOfVersion(
  sql: Sql,
  version: string,
): Promise<PolicyDocument | undefined> {
  const rows = await sql<{ document: string }[]>`
    select document::text as document from risk.policy_version
    where version = ${version} limit 1`
  return rows[0] === undefined ? undefined : (decodeJson(rows[0].document) as PolicyDocument)
}

export interface PublishedPolicy {
  readonly version: string
  readonly name: string
  readonly publishedAt: Instant
  readonly publishedBy: string
}

/** All publications, newest first. */
export function publishedPolicies(sql: Sql): Promise<PublishedPolicy[]> {
  return sql<PublishedPolicy[]>`
    select version, name, published_at as "publishedAt", published_by as "publishedBy"
    from risk.policy_version order by published_at desc, version`
}

function iso(at: Instant): string {
  return new Date(at).toISOString()
}

function columns(sql: Sql) {
  return sql`id, step, customer_id as "customerId", subject, at, outcome, score, level,
    rule_hits as "ruleHits", policy_version as "policyVersion", facts, amount,
    model_version as "modelVersion", model_score as "modelScore",
    measures::text as measures`
}

/** As it is read: what is kept as JSON comes as text. */
type Row = Omit<DecisionRow, 'measures'> & { readonly measures: string | null }

function decisionOf(row: Row): DecisionRow {
  return { ...row, measures: readMeasures(row.measures) }
}
