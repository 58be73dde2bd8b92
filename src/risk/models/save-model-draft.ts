import type { Command } from '#commit'
import { modelKey, modelRecord } from './model-record.ts'

export interface SaveModelDraft {
  readonly version: string
  readonly name: string
  readonly by: string
}

export interface ModelSaved {
  readonly status: 'saved' | 'already_saved'
}

/** Registers a version whose text is kept already; the same content again changes nothing. */
export const saveModelDraft: Command<SaveModelDraft, ModelSaved> = {
  name: 'risk.save_model_draft',
  reads: ({ version }) => [modelKey(version)],
  apply(state, { version, name, by }, now) {
    if (state.get(modelRecord, version) !== undefined) return { status: 'already_saved' }
    state.put(modelRecord, {
      id: version,
      name,
      state: 'draft',
      savedBy: by,
      savedAt: now,
      shadowSince: null,
      approvedBy: null,
      approvedAt: null,
    })
    return { status: 'saved' }
  },
}
