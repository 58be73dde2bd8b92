import type { Command, View } from '#commit'
import type { Instant } from '#kernel'
import { activePolicyId, policyKey, policyRecord } from '../policy-record.ts'
import { modelKey, modelPublicationLog, modelRecord } from './model-record.ts'

export interface PublishModel {
  readonly version: string
  /** The one that decided when this was wished; null: none. */
  readonly from: string | null
  readonly by: string
}

export interface ModelPublished {
  readonly status:
    | 'published'
    | 'model_not_found'
    | 'model_published'
    | 'model_not_shadowed'
    | 'model_changed_meanwhile'
    | 'second_person_needed'
}

/**
 * Lets a model decide from the next command on, in every process. Errors: all but `published`;
 * who saved the model cannot publish it, and the table refuses that too.
 */
export const publishModel: Command<PublishModel, ModelPublished> = {
  name: 'risk.publish_model',
  reads: ({ version, from }) => [policyKey, ...keysOf(version, from)],
  apply(state, { version, from, by }, now) {
    const model = state.get(modelRecord, version)
    if (model === undefined) return { status: 'model_not_found' }
    if (model.state === 'published' || model.state === 'retired') {
      return { status: 'model_published' }
    }
    if (model.savedBy === by) return { status: 'second_person_needed' }
    if (model.shadowSince === null) return { status: 'model_not_shadowed' }
    if (!takesOver(state, { version, from, by }, now)) return { status: 'model_changed_meanwhile' }
    state.put(modelRecord, { ...model, state: 'published', approvedBy: by, approvedAt: now })
    return { status: 'published' }
  },
}

export function keysOf(...versions: readonly (string | null)[]) {
  return [...new Set(versions)].filter((version) => version !== null).map(modelKey)
}

/**
 * Puts another version, or none, in the place of `from`, which retires; false when another one
 * decides by now, or no policy was ever published.
 */
export function takesOver(
  state: View,
  { version, from, by }: { version: string | null; from: string | null; by: string },
  now: Instant,
): boolean {
  const policy = state.get(policyRecord, activePolicyId)
  if (policy === undefined || policy.modelVersion !== from) return false
  const before = from === null ? undefined : state.get(modelRecord, from)
  if (before !== undefined) state.put(modelRecord, { ...before, state: 'retired' })
  state.put(policyRecord, { ...policy, modelVersion: version })
  state.append(modelPublicationLog, { version, replaced: from, at: now, by })
  return true
}
