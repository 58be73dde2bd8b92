import type { View } from '#commit'
import type { Instant } from '#kernel'
import { compiledPolicy, type CompiledPolicy } from './compile-policy.ts'
import { decide } from './decide.ts'
import { decisionLog } from './decision-log.ts'
import { encodeFacts } from './facts-codec.ts'
import { gatherFacts, type Profiles } from './gather-facts.ts'
import type { GuardInput, GuardParties } from './guard-input.ts'
import { profileKindOf } from './holder-profile-record.ts'
import { measuresFor } from './lists/measures.ts'
import { deviceProfileId, linkProfile, networkProfileId } from './link-profile-record.ts'
import type { Decision } from './outcome.ts'
import { defaultPolicy } from './policies/built-in-policies.ts'
import { policyWithModel } from './models/policy-with-model.ts'
import { activePolicyId, policyRecord, type PolicyRecord } from './policy-record.ts'

/**
 * Decides inside a command whose `reads` named `guardKeys(input.parties)`, and stores the decision
 * with its facts. Changes no profile: the caller records what then happened (`recordPayment`,
 * `recordEvent`) in the same command.
 */
export function decideInCommand(state: View, input: GuardInput, now: Instant): Decision {
  const record = state.get(policyRecord, activePolicyId)
  const policy = compiledOf(record)
  const set = record?.measures ?? null
  const measures = set === null ? null : measuresFor(set, input, now)
  const facts = gatherFacts(input, profilesOf(state, input.parties), now)
  const verdict = decide(facts, policy, measures)
  state.append(decisionLog, {
    id: input.decisionId,
    step: input.step,
    customerId: input.customer.id,
    subject: input.subject,
    at: now,
    outcome: verdict.outcome,
    score: verdict.score,
    level: verdict.level,
    ruleHits: verdict.ruleHits,
    policyVersion: verdict.policyVersion,
    facts: encodeFacts(facts),
    amount: input.money === null ? null : input.money.amount,
    modelVersion: verdict.model === null ? null : verdict.model.version,
    modelScore: verdict.model === null ? null : verdict.model.score,
    measures,
  })
  return { id: input.decisionId, ...verdict }
}

/**
 * The published policy with the published model; before the first publication the strictest
 * built-in one. Throws ModelNotLoaded, which the lane of a server answers by loading it.
 */
export function activePolicy(state: View): CompiledPolicy {
  return compiledOf(state.get(policyRecord, activePolicyId))
}

function compiledOf(record: PolicyRecord | undefined): CompiledPolicy {
  if (record === undefined) return defaultPolicy()
  return policyWithModel(compiledPolicy(record.version, record.document), record.modelVersion)
}

function profilesOf(state: View, parties: GuardParties): Profiles {
  const { holder, payeeHolder, deviceId, network } = parties
  return {
    holder: profileOf(state, holder),
    payee: payeeHolder === null ? null : profileOf(state, payeeHolder),
    device: deviceId === null ? null : linkOf(state, deviceProfileId(deviceId)),
    network: network === null ? null : linkOf(state, networkProfileId(network)),
  }
}

function profileOf(state: View, holder: string): Uint8Array | null {
  return state.get(profileKindOf(holder), holder)?.profile ?? null
}

function linkOf(state: View, id: string): Uint8Array | null {
  return state.get(linkProfile, id)?.profile ?? null
}
