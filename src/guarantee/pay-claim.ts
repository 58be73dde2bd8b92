import type { Key, View } from '#commit'
import { fail, type Instant, invariant, ok, type Result } from '#kernel'
import { accountId, accountKey, type Leg, post } from '#ledger'
import { meetClock, nextDue } from './claim-clock.ts'
import { claim, type Claim, claimKey, moveClaim } from './claim.ts'

export interface ClaimPayment {
  claimId: string
  leg: 'principal' | 'income'
  /** Fen that the insurer's remittance brought into the reserve. */
  fromInsurer: bigint
  /** Fen that we moved there from our own cash because the insurer paid less. */
  fromOperator: bigint
  /** The insurer's bank reference. */
  remittance: string
}

export type ClaimPaymentError = 'claim_not_found' | 'claim_not_open' | 'amount_differs'

export function claimPaymentKeys(claimId: string, customerId: string): Key[] {
  const accounts = [
    accountId('1010'),
    accountId('1310'),
    accountId('1410'),
    accountId('5030'),
    accountId('2090', claimId),
    accountId('2010', customerId),
  ]
  return [claimKey(claimId), ...accounts.map(accountKey)]
}

/** Fen owed on this leg now; undefined when the claim does not wait for it. */
export function owedOn(present: Claim, leg: ClaimPayment['leg']): bigint | undefined {
  if (leg === 'principal') {
    return present.state === 'second_approval' ? present.principalAccepted : undefined
  }
  const due = present.state === 'recovering' ? present.incomeMissed : null
  return due === null ? undefined : due - present.incomePaid
}

/**
 * Money for a claim has arrived in the reserve: the insurer's receivable is settled and the victim
 * is paid in the same command, never before. What the insurer did not pay is our own loss (5030).
 * Errors: claim_not_found, claim_not_open (paid before, or not accepted), amount_differs.
 */
export function payClaim(
  state: View,
  payment: ClaimPayment,
  now: Instant,
): Result<Claim, ClaimPaymentError> {
  const present = state.get(claim, payment.claimId)
  if (present === undefined) return fail('claim_not_found')
  const owed = owedOn(present, payment.leg)
  if (owed === undefined) return fail('claim_not_open')
  const { fromInsurer, fromOperator } = payment
  if (fromInsurer < 0n || fromOperator < 0n) return fail('amount_differs')
  if (fromInsurer + fromOperator !== owed) return fail('amount_differs')
  if (owed > 0n) settle(state, { present, payment, owed }, now)
  const paid: Claim = {
    ...present,
    paidByInsurer: present.paidByInsurer + fromInsurer,
    paidByOperator: present.paidByOperator + fromOperator,
    reserve: present.reserve - owed,
  }
  return ok(
    payment.leg === 'principal' ? principalPaid(state, paid, now) : incomePaid(state, paid, now),
  )
}

function settle(
  state: View,
  what: { present: Claim; payment: ClaimPayment; owed: bigint },
  now: Instant,
): void {
  const { present, payment, owed } = what
  const { fromInsurer, fromOperator, remittance } = payment
  const received: Leg[] = []
  if (fromInsurer > 0n) {
    received.push({ debit: accountId('1010'), credit: accountId('1310'), amount: fromInsurer })
  }
  if (fromOperator > 0n) {
    received.push(
      { debit: accountId('5030'), credit: accountId('1310'), amount: fromOperator },
      { debit: accountId('1010'), credit: accountId('1410'), amount: fromOperator },
    )
  }
  const victim = accountId('2010', present.customerId)
  const entries = [
    { kind: 'insurer_paid', ref: remittance, legs: received },
    {
      kind: 'claim_paid',
      ref: present.id,
      legs: [{ debit: accountId('2090', present.id), credit: victim, amount: owed }],
    },
  ]
  for (const entry of entries) {
    const posted = post(state, entry, now)
    invariant(posted.ok, `claim ${present.id}: ${entry.kind} must post`)
  }
}

function principalPaid(state: View, paid: Claim, now: Instant): Claim {
  const clocks = meetClock(paid.clocks, 'payment', now)
  const after: Claim = {
    ...paid,
    principalPaid: paid.principalAccepted,
    clocks,
    nextDueAt: nextDue(clocks),
    paidAt: now,
  }
  return moveClaim(
    state,
    { to: 'paid', claim: after, by: 'system', note: 'principal paid to the victim' },
    now,
  )
}

function incomePaid(state: View, paid: Claim, now: Instant): Claim {
  const after: Claim = {
    ...paid,
    incomePaid: paid.incomeMissed ?? 0n,
    reserve: 0n,
    nextDueAt: null,
    closedAt: now,
  }
  invariant(
    after.recovered + after.principalPaid === after.principalLost,
    `claim ${after.id} closes with a principal that is not whole`,
  )
  return moveClaim(
    state,
    { to: 'closed', claim: after, by: 'system', note: 'income missed paid to the victim' },
    now,
  )
}
