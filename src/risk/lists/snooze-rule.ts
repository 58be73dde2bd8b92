import type { Command } from '#commit'
import type { Instant } from '#kernel'
import { activePolicy } from '../decide-in-command.ts'
import { activePolicyId, policyKey, policyRecord } from '../policy-record.ts'
import { changeMeasures } from './change-measures.ts'
import { freshSnoozeKey, snooze, snoozeKey } from './list-records.ts'

export interface SnoozeRule {
  readonly id: string
  readonly rule: string
  readonly account: string
  readonly until: Instant
  readonly reason: string
  readonly by: string
}

export type RuleSnoozed =
  | { readonly status: 'snoozed'; readonly id: string }
  | {
      readonly status:
        | 'rule_not_found'
        | 'rule_not_snoozable'
        | 'moment_passed'
        | 'already_in_force'
        | 'too_many_measures'
    }

/**
 * Lets a rule of the active policy sleep for one account until a moment. A rule that denies
 * outright never sleeps: no operator makes a hijacked SMS a proof. Errors: rule_not_found,
 * rule_not_snoozable, moment_passed (the moment has passed), already_in_force, too_many_measures.
 */
export const snoozeRule: Command<SnoozeRule, RuleSnoozed> = {
  name: 'risk.snooze_rule',
  reads: ({ id }) => [policyKey, freshSnoozeKey(id)],
  apply(state, { by, ...wish }, now) {
    const { id, rule, account, until } = wish
    const found = activePolicy(state).document.rules.find((one) => one.id === rule)
    if (found === undefined) return { status: 'rule_not_found' }
    if (found.floor === 'deny') return { status: 'rule_not_snoozable' }
    if (until <= now) return { status: 'moment_passed' }
    const present = state.get(policyRecord, activePolicyId)?.measures?.snoozed ?? []
    const already = present.some(
      (one) => one.rule === rule && one.account === account && now < one.until,
    )
    if (already) return { status: 'already_in_force' }
    const sleeping = { id, rule, account, until }
    const done = changeMeasures(
      state,
      (set) => ({ ...set, snoozed: [...set.snoozed, sleeping] }),
      now,
    )
    if (!done) return { status: 'too_many_measures' }
    state.put(snooze, { ...wish, addedBy: by, addedAt: now, endedBy: null, endedAt: null })
    return { status: 'snoozed', id }
  },
}

export interface SnoozeEnded {
  readonly status: 'ended' | 'measure_not_found' | 'measure_over'
}

/** Wakes the rule before its time. Errors: measure_not_found, measure_over. */
export const endSnooze: Command<{ readonly id: string; readonly by: string }, SnoozeEnded> = {
  name: 'risk.end_snooze',
  reads: ({ id }) => [policyKey, snoozeKey(id)],
  apply(state, { id, by }, now) {
    const found = state.get(snooze, id)
    if (found === undefined) return { status: 'measure_not_found' }
    if (found.endedAt !== null || found.until <= now) return { status: 'measure_over' }
    changeMeasures(
      state,
      (set) => ({ ...set, snoozed: set.snoozed.filter((one) => one.id !== id) }),
      now,
    )
    state.put(snooze, { ...found, endedBy: by, endedAt: now })
    return { status: 'ended' }
  },
}
