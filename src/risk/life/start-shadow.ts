import type { Command } from '#commit'
import { policyDraft, policyDraftKey } from './policy-draft-record.ts'

/** Starts or stops a draft's phantom decisions. */
export interface StartShadow {
  readonly version: string
  readonly on: boolean
}

export interface ShadowStarted {
  readonly status: 'done' | 'draft_not_found' | 'draft_published'
}

/** Tells the jobs to compute phantom decisions. */
export const shadowTopic = 'risk.shadow'

/** Errors: draft_not_found, draft_published. */
export const startShadow: Command<StartShadow, ShadowStarted> = {
  name: 'risk.start_shadow',
  reads: ({ version }) => [policyDraftKey(version)],
  apply(state, { version, on }, now) {
    const draft = state.get(policyDraft, version)
    if (draft === undefined) return { status: 'draft_not_found' }
    if (draft.state === 'published') return { status: 'draft_published' }
    const shadowSince = draft.shadowSince ?? (on ? now : null)
    state.put(policyDraft, { ...draft, state: on ? 'shadow' : 'draft', shadowSince })
    if (on) state.emit(shadowTopic, { version })
    return { status: 'done' }
  },
}
