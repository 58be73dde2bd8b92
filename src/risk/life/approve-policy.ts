import type { Command } from '#commit'
import { activatePolicy } from '../publish-policy.ts'
import { policyKey } from '../policy-record.ts'
import { policyDraft, policyDraftKey } from './policy-draft-record.ts'

export interface ApprovePolicy {
  readonly version: string
  readonly by: string
}

export interface PolicyApproved {
  readonly status:
    | 'published'
    | 'draft_not_found'
    | 'draft_published'
    | 'draft_not_shadowed'
    | 'draft_not_backtested'
    | 'second_person_needed'
}

/**
 * Publishes a draft: it decides from the next command on, in every process. Errors: all but
 * `published`; who saved the draft cannot approve it, and the table refuses that too.
 */
export const approvePolicy: Command<ApprovePolicy, PolicyApproved> = {
  name: 'risk.approve_policy',
  reads: ({ version }) => [policyKey, policyDraftKey(version)],
  apply(state, { version, by }, now) {
    const draft = state.get(policyDraft, version)
    if (draft === undefined) return { status: 'draft_not_found' }
    if (draft.state === 'published') return { status: 'draft_published' }
    if (draft.savedBy === by) return { status: 'second_person_needed' }
    if (draft.shadowSince === null) return { status: 'draft_not_shadowed' }
    if (draft.backtestedAt === null) return { status: 'draft_not_backtested' }
    state.put(policyDraft, { ...draft, state: 'published', approvedBy: by, approvedAt: now })
    activatePolicy(state, { version, document: draft.document, by }, now)
    return { status: 'published' }
  },
}
