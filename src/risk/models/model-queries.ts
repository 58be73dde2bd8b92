import type { Sql } from '#database'
import type { Instant } from '#kernel'
import type { ModelFile } from './model-document.ts'
import type { ModelRecord } from './model-record.ts'
import { isModelLoaded, loadedModel, rememberModel, type ReadyModel } from './ready-model.ts'

/** Keeps a model's text by its version; the same text again changes nothing. */
export async function keepModelText(
  sql: Sql,
  { version, text }: Pick<ModelFile, 'version' | 'text'>,
): Promise<void> {
  await sql`
    insert into risk.model_document (version, document) values (${version}, ${text})
    on conflict do nothing`
}

/** The text of a version; undefined when it was never kept. */
export async function modelText(sql: Sql, version: string): Promise<string | undefined> {
  const [row] = await sql<{ document: string }[]>`
    select document from risk.model_document where version = ${version}`
  return row?.document
}

/** The model ready to decide, read once per process; undefined when its text was never kept. */
export async function loadModel(sql: Sql, version: string): Promise<ReadyModel | undefined> {
  if (isModelLoaded(version)) return loadedModel(version)
  const text = await modelText(sql, version)
  return text === undefined ? undefined : rememberModel(version, text)
}

/** The version that decides now; null: none. */
export async function activeModelVersion(sql: Sql): Promise<string | null> {
  const [row] = await sql<{ version: string | null }[]>`
    select model_version as version from risk.policy`
  return row?.version ?? null
}

/** The published model, ready; null: none. */
export async function loadActiveModel(sql: Sql): Promise<ReadyModel | null> {
  const version = await activeModelVersion(sql)
  return version === null ? null : ((await loadModel(sql, version)) ?? null)
}

/** Versions of every state, the newest first. */
export function modelVersions(sql: Sql): Promise<ModelRecord[]> {
  return sql<ModelRecord[]>`
    select id, name, state, saved_by as "savedBy", saved_at as "savedAt",
      shadow_since as "shadowSince", approved_by as "approvedBy", approved_at as "approvedAt"
    from risk.model order by saved_at desc, id limit 200`
}

export interface ModelPublication {
  readonly version: string | null
  readonly replaced: string | null
  readonly at: Instant
  readonly by: string
}

/** Publications and roll-backs, newest first. */
export function modelPublications(sql: Sql): Promise<ModelPublication[]> {
  return sql<ModelPublication[]>`
    select version, replaced, at, by from risk.model_publication
    order by at desc, version limit 200`
}

/** Models that score beside the live decisions. */
export function shadowModels(sql: Sql): Promise<{ version: string; since: Instant }[]> {
  return sql<{ version: string; since: Instant }[]>`
    select id as version, shadow_since as since from risk.model
    where state = 'shadow' order by shadow_since`
}
