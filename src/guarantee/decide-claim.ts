import type { View } from '#commit'
import { fail, type Instant, ok, type Result } from '#kernel'
import { accountId, accountKey, openAccount, post } from '#ledger'
import { larger, smaller } from '#money'
import { approvalLog } from './approval.ts'
import { dropRunning, meetClock, nextDue, startClock } from './claim-clock.ts'
import { claim, type Claim, claimKey, moveClaim } from './claim.ts'
import { rulePacks } from './rule-pack.ts'

export interface ClaimJudgement {
  claimId: string
  operatorId: string
  decision: 'approve' | 'decline'
  reason: string
  /** By when the victim must be paid if this is the second approval. */
  payDue: Instant
}

export type JudgementError = 'claim_not_found' | 'claim_not_open' | 'approver_is_maker'

/** Where a judgement left the claim. `sent_back`: the second operator disagreed with the first. */
export interface Judged {
  claim: Claim
  outcome: 'decided' | 'accepted' | 'declined' | 'sent_back'
}

export function judgementKeys(claimId: string) {
  return [claimKey(claimId), ...owedAccounts(claimId).map(accountKey)]
}

function owedAccounts(claimId: string): string[] {
  return [
    accountId('1310'),
    accountId('2090', claimId),
    accountId('M900', claimId),
    accountId('M901', claimId),
  ]
}

/**
 * The first operator's decision, or the second's approval of it. Accepting owes the principal to
 * the victim and has it due from the insurer, in the ledger.
 * Errors: claim_not_found, claim_not_open, approver_is_maker.
 */
export function judgeClaim(
  state: View,
  judgement: ClaimJudgement,
  now: Instant,
): Result<Judged, JudgementError> {
  const present = state.get(claim, judgement.claimId)
  if (present === undefined) return fail('claim_not_found')
  if (present.state === 'investigating')
    return ok(firstDecision(state, { present, judgement }, now))
  if (present.state !== 'decided') return fail('claim_not_open')
  if (present.maker === judgement.operatorId) return fail('approver_is_maker')
  if (present.decision !== judgement.decision) {
    return ok(sendBack(state, { present, judgement }, now))
  }
  return ok(secondDecision(state, { present, judgement }, now))
}

interface Case {
  readonly present: Claim
  readonly judgement: ClaimJudgement
}

function firstDecision(state: View, { present, judgement }: Case, now: Instant): Judged {
  const { operatorId: by, decision, reason } = judgement
  const decided = {
    ...present,
    decision,
    maker: by,
    makerReason: reason,
    decidedAt: now,
    checker: null,
    checkerReason: null,
    checkedAt: null,
  }
  const moved = moveClaim(state, { to: 'decided', claim: decided, by, note: reason }, now)
  return { claim: moved, outcome: 'decided' }
}

function sendBack(state: View, { present, judgement }: Case, now: Instant): Judged {
  const { operatorId: by, reason } = judgement
  const open = { ...present, decision: null, maker: null, makerReason: null, decidedAt: null }
  const moved = moveClaim(state, { to: 'investigating', claim: open, by, note: reason }, now)
  return { claim: moved, outcome: 'sent_back' }
}

function secondDecision(state: View, { present, judgement }: Case, now: Instant): Judged {
  const { operatorId: by, decision, reason, payDue } = judgement
  const principal = decision === 'approve' ? payable(present) : 0n
  state.append(approvalLog, {
    claimId: present.id,
    decision,
    amount: principal,
    maker: present.maker ?? by,
    makerReason: present.makerReason ?? '',
    madeAt: present.decidedAt ?? now,
    checker: by,
    checkerReason: reason,
    at: now,
  })
  const met = meetClock(present.clocks, 'review', now)
  const checked = { ...present, checker: by, checkerReason: reason, checkedAt: now }
  if (decision === 'decline') {
    const clocks = dropRunning(met)
    const ended = { ...checked, clocks, nextDueAt: null, reserve: 0n, closedAt: now }
    const moved = moveClaim(state, { to: 'declined', claim: ended, by, note: reason }, now)
    return { claim: moved, outcome: 'declined' }
  }
  if (principal > 0n)
    owe(state, { claimId: present.id, amount: principal, kind: 'accept_claim' }, now)
  const clocks = startClock(met, { kind: 'payment', due: payDue }, now)
  const accepted = {
    ...checked,
    principalAccepted: principal,
    reserve: principal,
    clocks,
    nextDueAt: nextDue(clocks),
  }
  const moved = moveClaim(state, { to: 'second_approval', claim: accepted, by, note: reason }, now)
  return { claim: moved, outcome: 'accepted' }
}

/** What is still missing of the principal, within the pack's cap and after its excess. */
function payable(present: Claim): bigint {
  const missing = present.principalLost - present.recovered
  const pack = rulePacks.get(present.pack)
  if (pack === undefined) return missing
  const capped = pack.cap === null ? missing : smaller(missing, pack.cap)
  return larger(capped - pack.excess, 0n)
}

/** Due from the insurer, owed to the victim, and remembered as recoverable for the insurer. */
export function owe(
  state: View,
  debt: { claimId: string; amount: bigint; kind: 'accept_claim' | 'accept_income' },
  now: Instant,
): void {
  const { claimId, amount, kind } = debt
  for (const code of ['2090', 'M900', 'M901'] as const) {
    openAccount(state, { code, owner: claimId }, now)
  }
  const posted = post(
    state,
    {
      kind,
      ref: claimId,
      legs: [
        { debit: accountId('1310'), credit: accountId('2090', claimId), amount },
        { debit: accountId('M900', claimId), credit: accountId('M901', claimId), amount },
      ],
    },
    now,
  )
  if (!posted.ok) throw new Error(`accepting claim ${claimId}: ${posted.error}`)
}
