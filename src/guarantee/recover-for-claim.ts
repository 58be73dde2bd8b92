import type { View } from '#commit'
import { type Instant, invariant } from '#kernel'
import { claim, type Claim, claimStep } from './claim.ts'

/** The victim's principal is still to be decided on: what recalls bring lowers the loss. */
export function recoversForVictim(present: Claim): boolean {
  const open = ['notified', 'investigating', 'decided']
  return open.includes(present.state) || present.state === 'declined'
}

/** Counts money that a recall gave back to the victim, before the claim is accepted. */
export function recoverForClaim(
  state: View,
  recovery: { claim: Claim; amount: bigint; note: string },
  now: Instant,
): Claim {
  const { claim: present, amount, note } = recovery
  if (amount === 0n) return present
  invariant(recoversForVictim(present), `claim ${present.id} was accepted already`)
  const recovered = present.recovered + amount
  invariant(recovered <= present.principalLost, `claim ${present.id} recovers more than was lost`)
  const reserve = present.state === 'declined' ? 0n : present.principalLost - recovered
  const after: Claim = { ...present, recovered, reserve }
  state.put(claim, after)
  state.append(claimStep, {
    claimId: present.id,
    fromState: present.state,
    toState: present.state,
    reserve,
    by: 'system',
    note,
    at: now,
  })
  return after
}
