import type { View } from '#commit'
import { fail, type Instant, ok, type Result } from '#kernel'
import { claim, type Claim, type Evidence, moveClaim } from './claim.ts'
import { breachClocks, type ClockKind, nextDue } from './claim-clock.ts'

/**
 * The recalls have ended and the evidence is gathered: an operator may decide.
 * Errors: claim_not_found, claim_not_open.
 */
export function investigateClaim(
  state: View,
  findings: { claimId: string; evidence: readonly Evidence[] },
  now: Instant,
): Result<Claim, 'claim_not_found' | 'claim_not_open'> {
  const present = state.get(claim, findings.claimId)
  if (present === undefined) return fail('claim_not_found')
  if (present.state !== 'notified') return fail('claim_not_open')
  const after = { ...present, evidence: findings.evidence }
  const note = 'recalls have ended, evidence gathered'
  return ok(moveClaim(state, { to: 'investigating', claim: after, by: 'system', note }, now))
}

/** Marks promises that were not kept; answers those newly broken. Errors: claim_not_found. */
export function markBreaches(
  state: View,
  claimId: string,
  now: Instant,
): Result<{ claim: Claim; breached: readonly ClockKind[] }, 'claim_not_found'> {
  const present = state.get(claim, claimId)
  if (present === undefined) return fail('claim_not_found')
  const { clocks, breached } = breachClocks(present.clocks, now)
  if (breached.length === 0) return ok({ claim: present, breached })
  const after: Claim = { ...present, clocks, nextDueAt: nextDue(clocks) }
  state.put(claim, after)
  return ok({ claim: after, breached })
}
