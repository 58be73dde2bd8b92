import type { Command } from '#commit'
import { policyKey } from '../policy-record.ts'
import { modelRecord } from './model-record.ts'
import { keysOf, takesOver } from './publish-model.ts'

export interface RollBackModel {
  /** The one that decided when the roll-back was wished; null: none. */
  readonly from: string | null
  /** One that was published before; null: no model decides any more. */
  readonly version: string | null
  readonly by: string
}

export interface ModelRolledBack {
  readonly status:
    | 'rolled_back'
    | 'model_not_found'
    | 'model_not_published'
    | 'model_changed_meanwhile'
    | 'already_active'
}

/**
 * Makes an earlier publication decide again, or none. One person is enough: two have looked at it
 * before, and a model that hurts must go at once. Errors: all but `rolled_back`.
 */
export const rollBackModel: Command<RollBackModel, ModelRolledBack> = {
  name: 'risk.roll_back_model',
  reads: ({ version, from }) => [policyKey, ...keysOf(version, from)],
  apply(state, { from, version, by }, now) {
    if (from === version) return { status: 'already_active' }
    const model = version === null ? null : state.get(modelRecord, version)
    if (model === undefined) return { status: 'model_not_found' }
    if (model !== null && model.state !== 'retired') return { status: 'model_not_published' }
    if (!takesOver(state, { version, from, by }, now)) return { status: 'model_changed_meanwhile' }
    if (model !== null) state.put(modelRecord, { ...model, state: 'published' })
    return { status: 'rolled_back' }
  },
}
