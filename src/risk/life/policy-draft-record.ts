import { defineRecord, keyOf, type Key } from '#commit'
import type { Instant } from '#kernel'
import type { PolicyDocument } from '../policy.ts'

/** A policy on its way: draft, then beside the live one, then published by somebody else. */
export interface PolicyDraft {
  /** The version: name and hash of the document, so that its content never changes. */
  readonly id: string
  readonly name: string
  readonly document: PolicyDocument
  readonly state: 'draft' | 'shadow' | 'published'
  readonly savedBy: string
  readonly savedAt: Instant
  readonly shadowSince: Instant | null
  /** The figures of its latest backtest. */
  readonly backtest: object | null
  readonly backtestedAt: Instant | null
  /** The second person; the database refuses the first. */
  readonly approvedBy: string | null
  readonly approvedAt: Instant | null
}

export const policyDraft = defineRecord<PolicyDraft>({
  name: 'risk.policy_draft',
  key: 'id',
  fields: {
    id: 'text',
    name: 'text',
    document: 'json',
    state: 'text',
    savedBy: 'text',
    savedAt: 'instant',
    shadowSince: 'instant',
    backtest: 'json',
    backtestedAt: 'instant',
    approvedBy: 'text',
    approvedAt: 'instant',
  },
})

export function policyDraftKey(version: string): Key {
  return keyOf(policyDraft, version)
}
