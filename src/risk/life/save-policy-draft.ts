import type { Command } from '#commit'
import { compilePolicy, policyVersion } from '../compile-policy.ts'
import type { PolicyDocument, PolicyFault } from '../policy.ts'
import { policyDraft, policyDraftKey } from './policy-draft-record.ts'

export type DraftSaved =
  | { readonly status: 'saved' | 'already_saved'; readonly version: string }
  | { readonly status: 'policy_faulty'; readonly faults: readonly PolicyFault[] }

/** Keeps a document as a draft; the same content again is the same draft. Errors: policy_faulty. */
export const savePolicyDraft: Command<{ document: PolicyDocument; by: string }, DraftSaved> = {
  name: 'risk.save_policy_draft',
  reads: ({ document }) => [policyDraftKey(policyVersion(document))],
  apply(state, { document, by }, now) {
    const compiled = compilePolicy(document)
    if (!compiled.ok) return { status: 'policy_faulty', faults: compiled.error }
    const { version } = compiled.value
    if (state.get(policyDraft, version) !== undefined) return { status: 'already_saved', version }
    state.put(policyDraft, {
      id: version,
      name: document.name,
      document,
      state: 'draft',
      savedBy: by,
      savedAt: now,
      shadowSince: null,
      backtest: null,
      backtestedAt: null,
      approvedBy: null,
      approvedAt: null,
    })
    return { status: 'saved', version }
  },
}
