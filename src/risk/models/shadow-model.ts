import type { Command } from '#commit'
import { shadowTopic } from '../life/start-shadow.ts'
import { modelKey, modelRecord } from './model-record.ts'

/** Starts or stops a model's scores beside the live decisions. */
export interface ShadowModel {
  readonly version: string
  readonly on: boolean
}

export interface ModelShadowed {
  readonly status: 'done' | 'model_not_found' | 'model_published'
}

/** Errors: model_not_found; model_published (or retired: roll back to it instead). */
export const shadowModel: Command<ShadowModel, ModelShadowed> = {
  name: 'risk.shadow_model',
  reads: ({ version }) => [modelKey(version)],
  apply(state, { version, on }, now) {
    const model = state.get(modelRecord, version)
    if (model === undefined) return { status: 'model_not_found' }
    if (model.state === 'published' || model.state === 'retired') {
      return { status: 'model_published' }
    }
    const shadowSince = model.shadowSince ?? (on ? now : null)
    state.put(modelRecord, { ...model, state: on ? 'shadow' : 'draft', shadowSince })
    if (on) state.emit(shadowTopic, { version })
    return { status: 'done' }
  },
}
