import type { Command, Key } from '#commit'
import { addLabel } from '../add-label.ts'
import { guardKeys } from '../guard-keys.ts'
import type { Label } from '../label-log.ts'
import { guestKey } from './guest.ts'
import {
  guestDecision,
  guestDecisionKey,
  guestParties,
  rememberGuestStep,
  type GuestDecision,
} from './guest-decision.ts'

/** What became of a decision for another wallet. */
export interface TakeGuestOutcome {
  /** The decision as it was read: whose profiles are concerned never changes. */
  readonly decision: Pick<
    GuestDecision,
    'id' | 'customerId' | 'payeeId' | 'deviceId' | 'network' | 'subject'
  >
  /** null: nothing is said of it. */
  readonly end: 'done' | 'stopped' | null
  /** null: what it was is not known (yet). */
  readonly label: { readonly label: Label; readonly reason: string } | null
}

export type GuestOutcomeTaken =
  | { readonly state: GuestDecision['state'] }
  | { readonly refused: 'outcome_differs' }

/**
 * Notes how a step ended and what it turned out to be. What was challenged, held or denied and is
 * done all the same enters the profiles now; what was allowed is in them already, also when it is
 * now said to have stopped: a window may count too much, never too little.
 * Errors: outcome_differs (the opposite was said before).
 */
export const takeGuestOutcome: Command<TakeGuestOutcome, GuestOutcomeTaken> = {
  name: 'risk.take_guest_outcome',
  reads({ decision }): Key[] {
    const { id, customerId } = decision
    return [guestDecisionKey(id), guestKey(customerId), ...guardKeys(guestParties(decision))]
  },
  apply(state, { decision, end, label }, now) {
    const made = state.get(guestDecision, decision.id)
    if (made === undefined) throw new Error(`no decision ${decision.id} for a guest`)
    if (end !== null && made.state !== 'open' && made.state !== end) {
      return { refused: 'outcome_differs' }
    }
    if (label !== null) {
      addLabel(state, { subject: decision.subject, by: 'guard-client', ...label }, now)
    }
    if (end === null || made.state === end) return { state: made.state }
    state.put(guestDecision, { ...made, state: end, endedAt: now })
    if (end === 'done' && made.outcome !== 'allow') rememberGuestStep(state, made, { end, now })
    return { state: end }
  },
}
