import { defineLog, defineRecord, keyOf, type Key, type View } from '#commit'
import { type Instant, invariant, type LocalDate } from '#kernel'
import type { ClaimClock } from './claim-clock.ts'

/**
 * notified (the customer has reported) -> investigating (recalls have ended, evidence gathered) ->
 * decided (one operator has judged) -> second_approval (another has agreed; the insurer is asked)
 * -> paid (the victim has the principal, units are bought again) -> recovering (they earn again;
 * the income missed is known and asked for) -> closed. A second operator who disagrees sends it
 * back to investigating. declined is an end too.
 */
export const nextClaimStates = {
  notified: ['investigating'],
  investigating: ['decided'],
  decided: ['second_approval', 'declined', 'investigating'],
  second_approval: ['paid'],
  paid: ['recovering'],
  recovering: ['closed'],
  closed: [],
  declined: [],
} as const satisfies Record<string, readonly string[]>

export type ClaimState = keyof typeof nextClaimStates

/** Units that left the fund by the thief's hand and stopped earning. */
export interface MissedUnits {
  /** The redemption order, or the payment from the fund. */
  readonly ref: string
  /** Hundredths of a unit. */
  readonly units: bigint
  /** First day without income from them. */
  readonly from: LocalDate
}

/** What the decision rests on. */
export interface Evidence {
  readonly title: string
  readonly text: string
  readonly at: Instant | null
}

/**
 * The loss of one report. When it closes: recovered + principalPaid = principalLost and
 * incomePaid = incomeMissed, of which the insurer bore paidByInsurer and we paidByOperator.
 */
export interface Claim {
  id: string
  reportId: string
  customerId: string
  /** The cover in force on the day of the loss; null: the operator bears it all. */
  coverId: string | null
  lostOn: LocalDate
  pack: string
  packVersion: string
  state: ClaimState
  /** Fen that had left when reported. */
  principalLost: bigint
  /** Fen that recalls gave back to the victim. */
  recovered: bigint
  /** Fen to be paid for the principal; fixed by the second approval, 0n before. */
  principalAccepted: bigint
  principalPaid: bigint
  missed: readonly MissedUnits[]
  /** The subscription that buys the units again. */
  rebuyOrderId: string | null
  rebought: bigint
  /** First day on which they earn. */
  earnsFrom: LocalDate | null
  /** Fen; known when they earn, null before. */
  incomeMissed: bigint | null
  incomePaid: bigint
  paidByInsurer: bigint
  /** Where the insurer paid less than was accepted. */
  paidByOperator: bigint
  /** Fen that we still expect to pay. */
  reserve: bigint
  clocks: readonly ClaimClock[]
  /** Due date of the first clock that still runs. */
  nextDueAt: Instant | null
  evidence: readonly Evidence[]
  decision: 'approve' | 'decline' | null
  /** The operator who decided first; another one must approve. */
  maker: string | null
  makerReason: string | null
  decidedAt: Instant | null
  checker: string | null
  checkerReason: string | null
  checkedAt: Instant | null
  openedAt: Instant
  paidAt: Instant | null
  closedAt: Instant | null
}

export const claim = defineRecord<Claim>({
  name: 'guarantee.claim',
  key: 'id',
  fields: {
    id: 'text',
    reportId: 'text',
    customerId: 'text',
    coverId: 'text',
    lostOn: 'text',
    pack: 'text',
    packVersion: 'text',
    state: 'text',
    principalLost: 'bigint',
    recovered: 'bigint',
    principalAccepted: 'bigint',
    principalPaid: 'bigint',
    missed: 'json',
    rebuyOrderId: 'text',
    rebought: 'bigint',
    earnsFrom: 'text',
    incomeMissed: 'bigint',
    incomePaid: 'bigint',
    paidByInsurer: 'bigint',
    paidByOperator: 'bigint',
    reserve: 'bigint',
    clocks: 'json',
    nextDueAt: 'instant',
    evidence: 'json',
    decision: 'text',
    maker: 'text',
    makerReason: 'text',
    decidedAt: 'instant',
    checker: 'text',
    checkerReason: 'text',
    checkedAt: 'instant',
    openedAt: 'instant',
    paidAt: 'instant',
    closedAt: 'instant',
  },
  constant: [
    'reportId',
    'customerId',
    'coverId',
    'lostOn',
    'pack',
    'packVersion',
    'principalLost',
    'missed',
    'openedAt',
  ],
})

/** The history of a claim, with the reserve after each step. */
export interface ClaimStep {
  claimId: string
  fromState: ClaimState | null
  toState: ClaimState
  /** Fen still expected to be paid. */
  reserve: bigint
  /** Operator's id, or 'system'. */
  by: string
  note: string
  at: Instant
}

export const claimStep = defineLog<ClaimStep>({
  name: 'guarantee.claim_step',
  fields: {
    claimId: 'text',
    fromState: 'text',
    toState: 'text',
    reserve: 'bigint',
    by: 'text',
    note: 'text',
    at: 'instant',
  },
})

export function claimKey(id: string): Key {
  return keyOf(claim, id)
}

/** Stores a claim in a state it may go to from where it is, and writes its history. */
export function moveClaim(
  state: View,
  move: { to: ClaimState; claim: Claim; by: string; note: string },
  now: Instant,
): Claim {
  const { to, by, note } = move
  const from = move.claim.state
  const allowed: readonly ClaimState[] = nextClaimStates[from]
  invariant(allowed.includes(to), `claim ${move.claim.id} cannot go from ${from} to ${to}`)
  const moved: Claim = { ...move.claim, state: to }
  state.put(claim, moved)
  const { id, reserve } = moved
  state.append(claimStep, { claimId: id, fromState: from, toState: to, reserve, by, note, at: now })
  return moved
}
