import { defineLog, defineRecord, keyOf, type Key } from '#commit'
import type { Instant } from '#kernel'
import type { MeasureSet } from './lists/measures.ts'
import type { PolicyDocument } from './policy.ts'

/** The policy that decides now; there is one, with id `active`. */
export interface PolicyRecord {
  readonly id: string
  readonly name: string
  /** Name and short hash of the document: `today-3f9c01ab77de`. */
  readonly version: string
  readonly document: PolicyDocument
  readonly publishedAt: Instant
  readonly publishedBy: string
  /**
   * The model that is published; null: none. It stands here because every deciding command reads
   * this record anyway: a model is swapped as a policy is, and costs nothing where there is none.
   */
  readonly modelVersion: string | null
  /** Lists and snoozes in force, whatever the policy; null: none. */
  readonly measures: MeasureSet | null
}

export const activePolicyId = 'active'

export const policyRecord = defineRecord<PolicyRecord>({
  name: 'risk.policy',
  key: 'id',
  fields: {
    id: 'text',
    name: 'text',
    version: 'text',
    document: 'json',
    publishedAt: 'instant',
    publishedBy: 'text',
    modelVersion: 'text',
    measures: 'json',
  },
})

/** Every publication, for ever: past decisions are explained with the document they had. */
export interface PolicyVersionRow {
  readonly version: string
  readonly name: string
  readonly document: PolicyDocument
  readonly publishedAt: Instant
  readonly publishedBy: string
}

export const policyVersionLog = defineLog<PolicyVersionRow>({
  name: 'risk.policy_version',
  fields: {
    version: 'text',
    name: 'text',
    document: 'json',
    publishedAt: 'instant',
    publishedBy: 'text',
  },
})

export const policyKey: Key = keyOf(policyRecord, activePolicyId)
