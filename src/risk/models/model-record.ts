import { defineLog, defineRecord, keyOf, type Key } from '#commit'
import type { Instant } from '#kernel'

/**
 * A model's version on its way: a draft, then scoring beside the live decisions, then published
 * by somebody else, then retired when another one takes its place. Its text lies elsewhere, by
 * version: commands never carry it.
 */
export interface ModelRecord {
  /** The version: name and hash of the text. */
  readonly id: string
  readonly name: string
  readonly state: 'draft' | 'shadow' | 'published' | 'retired'
  readonly savedBy: string
  readonly savedAt: Instant
  readonly shadowSince: Instant | null
  /** The second person; the database refuses the first. */
  readonly approvedBy: string | null
  readonly approvedAt: Instant | null
}

export const modelRecord = defineRecord<ModelRecord>({
  name: 'risk.model',
  key: 'id',
  fields: {
    id: 'text',
    name: 'text',
    state: 'text',
    savedBy: 'text',
    savedAt: 'instant',
    shadowSince: 'instant',
    approvedBy: 'text',
    approvedAt: 'instant',
  },
})

export function modelKey(version: string): Key {
  return keyOf(modelRecord, version)
}

/** Every publication and roll-back. */
interface ModelPublicationRow {
  /** null: no model from then on. */
  readonly version: string | null
  readonly replaced: string | null
  readonly at: Instant
  readonly by: string
}

export const modelPublicationLog = defineLog<ModelPublicationRow>({
  name: 'risk.model_publication',
  fields: { version: 'text', replaced: 'text', at: 'instant', by: 'text' },
})
