import type { Sql } from '#database'
import { decodeJson, type Instant } from '#kernel'
import type { PolicyDocument } from '../policy.ts'
import type { PolicyDraft } from './policy-draft-record.ts'

export type PolicyDraftRow = Omit<PolicyDraft, 'document' | 'backtest'> & {
  /** Figures as JSON. */
  readonly backtest: string | null
}

/** Drafts of every state, the newest first. */
export function policyDrafts(sql: Sql): Promise<PolicyDraftRow[]> {
  return sql<PolicyDraftRow[]>`
    select id, name, state, saved_by as "savedBy", saved_at as "savedAt",
      shadow_since as "shadowSince", backtest::text as backtest,
      backtested_at as "backtestedAt", approved_by as "approvedBy", approved_at as "approvedAt"
    from risk.policy_draft order by saved_at desc, id limit 200`
}

/** The document of a draft; undefined when there is none. */
export async function draftDocument(
  sql: Sql,
  version: string,
): Promise<PolicyDocument | undefined> {
  const [row] = await sql<{ document: string }[]>`
    select document::text as document from risk.policy_draft where id = ${version}`
  return row === undefined ? undefined : (decodeJson(row.document) as PolicyDocument)
}

export interface ShadowPolicy {
  readonly version: string
  readonly since: Instant
}

/** Drafts that decide beside the live policy. */
export function shadowPolicies(sql: Sql): Promise<ShadowPolicy[]> {
  return sql<ShadowPolicy[]>`
    select id as version, shadow_since as since from risk.policy_draft
    where state = 'shadow' order by shadow_since`
}

/** The version that decides now; undefined before the first publication. */
export async function activePolicyVersion(sql: Sql): Promise<string | undefined> {
  const [row] = await sql<{ version: string }[]>`select version from risk.policy`
  return row?.version
}
