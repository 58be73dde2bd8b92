import type { Command, View } from '#commit'
import { freshReviewKey, openReview } from '#cases'
import { recordFastRedemption } from '#fund'
import {
  customerKey,
  deviceKey,
  guardViewOf,
  payeeGuardViewOf,
  sessionKey,
  standingOf,
} from '#identity'
import { hour, type Instant, invariant } from '#kernel'
import { account, accountId, accountKey, balanceOf, freshHoldKey, hold, post } from '#ledger'
import { formatAmount } from '#money'
import { cleanChannels, notify } from '#notifications'
import { decideInCommand, guardKeys, recordPayment, type Decision, type GuardInput } from '#risk'
import { freshPaymentKey, payment, type Payment } from '#wallet'
import type { Actor, Problem } from './context.ts'
import { orderIdOf, paymentLegs, paymentMoneyKeys, paymentParties } from './payment-legs.ts'

/** A challenge the customer does not answer, and a review nobody decides, end after a day. */
export const challengeMs = 24 * hour
export const reviewMs = 24 * hour

export interface PayCommandInput {
  readonly paymentId: string
  readonly decisionId: string
  readonly actor: Actor
  readonly payee: {
    readonly id: string
    readonly kind: 'person' | 'merchant'
    readonly shown: string
  }
  /** Fen, above zero. */
  readonly amount: bigint
  readonly source: 'wallet' | 'fund'
  readonly memo: string | null
}

/** What is remembered of a payment for a repeat of its request; the rest is in the request. */
export type PaymentMade = Pick<
  Payment,
  'id' | 'state' | 'decisionId' | 'entry' | 'holdId' | 'createdAt' | 'deadline'
> & { readonly decision: Omit<Decision, 'ruleHits' | 'id'> }

/** `refused`: nothing was decided about and nothing moved; only `undecided` is not remembered. */
export type PayCommandAnswer =
  | PaymentMade
  | { readonly refused: Problem }
  | { readonly refused: Problem; readonly undecided: true }

/**
 * One payment: standing, facts, decision, money, profiles and notices in one atomic change. The
 * one switch over the guard's outcomes is here.
 */
export const payCommand: Command<PayCommandInput, PayCommandAnswer> = {
  name: 'flows.pay',
  reads(input) {
    const moved = movedBy(input)
    const { actor, payee, paymentId } = input
    return [
      freshPaymentKey(paymentId),
      freshHoldKey(holdIdOf(paymentId)),
      freshReviewKey(paymentId),
      customerKey(actor.customerId),
      sessionKey(actor.sessionId),
      deviceKey(actor.customerId, actor.deviceId),
      customerKey(payee.id),
      ...paymentMoneyKeys(moved),
      accountKey(accountId('R201', actor.customerId)),
      ...guardKeys(paymentParties(moved, actor)),
    ]
  },
  apply(state, input, now) {
    const standing = standingOf(state, input.actor, now)
    if (standing === 'session_expired') return { refused: { code: standing }, undecided: true }
    if (standing === 'customer_frozen') return { refused: { code: standing } }
    const short = shortOf(state, input)
    if (short !== null) return { refused: short }
    const decision = decideInCommand(state, guardInputOf(state, input, now), now)
    const made = carryOut(state, { input, decision }, now)
    if ('refused' in made) return made
    remember(state, input, { decision, made, now })
    const { ruleHits: _hits, id: _id, ...told } = decision
    const { id, state: reached, decisionId, entry, holdId, createdAt, deadline } = made
    return { id, state: reached, decisionId, entry, holdId, createdAt, deadline, decision: told }
  },
}

export function holdIdOf(paymentId: string): string {
  return paymentId.replace(/^pay_/, 'hld_')
}

function movedBy(input: PayCommandInput) {
  const { paymentId: id, actor, payee, amount, source } = input
  return { id, payer: actor.customerId, payee: payee.id, payeeKind: payee.kind, amount, source }
}

/** Funds are looked at before the guard: what cannot be paid needs no decision. */
function shortOf(state: View, { actor, amount, source, payee }: PayCommandInput): Problem | null {
  const code = source === 'wallet' ? '2010' : 'R201'
  const from = state.get(account, accountId(code, actor.customerId))
  if (from === undefined || balanceOf(from).available < amount)
    return { code: 'insufficient_funds' }
  const to = state.get(account, accountId(payee.kind === 'merchant' ? '2070' : '2010', payee.id))
  if (to === undefined || to.closedAt !== null) return { code: 'payee_cannot_receive' }
  return null
}

function guardInputOf(state: View, input: PayCommandInput, now: Instant): GuardInput {
  const { actor, payee, amount, source } = input
  const available = (code: '2010' | 'R201') => {
    const found = state.get(account, accountId(code, actor.customerId))
    return found === undefined ? 0n : balanceOf(found).available
  }
  const { customer, device, sms, session, proof } = guardViewOf(state, actor, now)
  // No spread: objects of one shape, made in one go. This is the hot path.
  return {
    decisionId: input.decisionId,
    step: 'payment',
    subject: input.paymentId,
    parties: paymentParties(movedBy(input), actor),
    customer,
    device,
    sms,
    session,
    proof,
    deviceSignals: actor.signals,
    money: { amount, source, walletAvailable: available('2010'), fundUnits: available('R201') },
    payee: payeeGuardViewOf(state, payee.id),
    bankAccount: null,
  }
}

function carryOut(
  state: View,
  { input, decision }: { input: PayCommandInput; decision: Decision },
  now: Instant,
): Payment | { refused: Problem } {
  switch (decision.outcome) {
    case 'allow':
      return postNow(state, { input, decision }, now)
    case 'challenge':
      return reserve(state, { input, decision, as: 'challenged', deadline: now + challengeMs }, now)
    case 'hold': {
      const deadline = now + reviewMs
      const held = reserve(state, { input, decision, as: 'held', deadline }, now)
      if (!('refused' in held)) queueReview(state, { held, decision, deadline }, now)
      return held
    }
    case 'deny':
      return putPayment(state, {
        ...paymentOf(input, decision, now),
        state: 'denied',
        endedAt: now,
      })
  }
}

function postNow(
  state: View,
  { input, decision }: { input: PayCommandInput; decision: Decision },
  now: Instant,
): Payment | { refused: Problem } {
  const moved = movedBy(input)
  const posted = post(state, { kind: 'transfer', ref: moved.id, legs: paymentLegs(moved) }, now)
  if (!posted.ok) return { refused: refusalOf(posted.error) }
  if (input.source === 'fund') {
    const orderId = orderIdOf(moved.id)
    const order = {
      orderId,
      customerId: moved.payer,
      amount: moved.amount,
      decisionId: decision.id,
    }
    const ordered = recordFastRedemption(state, { ...order, paymentId: moved.id }, now)
    // Money was moved already in this command: beyond the calendar all of it must be dropped.
    invariant(ordered.ok, 'the calendar ends before this redemption can be settled')
  }
  const { entry } = posted.value
  return putPayment(state, {
    ...paymentOf(input, decision, now),
    state: 'posted',
    entry,
    endedAt: now,
  })
}

function reserve(
  state: View,
  wish: {
    input: PayCommandInput
    decision: Decision
    as: 'challenged' | 'held'
    deadline: Instant
  },
  now: Instant,
): Payment | { refused: Problem } {
  const { input, decision, as, deadline } = wish
  const moved = movedBy(input)
  const id = holdIdOf(moved.id)
  const legs = paymentLegs(moved)
  const held = hold(state, { id, kind: 'transfer', ref: moved.id, legs, expiresAt: deadline }, now)
  if (!held.ok) return { refused: refusalOf(held.error) }
  return putPayment(state, { ...paymentOf(input, decision, now), state: as, holdId: id, deadline })
}

function queueReview(
  state: View,
  { held, decision, deadline }: { held: Payment; decision: Decision; deadline: Instant },
  now: Instant,
): void {
  const { id: paymentId, payer: customerId, amount } = held
  const { score, id: decisionId } = decision
  openReview(state, { paymentId, customerId, amount, score, decisionId, deadline }, now)
  state.emit('review.opened', { paymentId })
}

function putPayment(state: View, made: Payment): Payment {
  state.put(payment, made)
  return made
}

function paymentOf(input: PayCommandInput, decision: Decision, now: Instant): Payment {
  const { actor, memo, amount, source } = input
  return {
    id: input.paymentId,
    payer: actor.customerId,
    payee: input.payee.id,
    payeeKind: input.payee.kind,
    amount,
    source,
    state: 'denied',
    memo,
    decisionId: decision.id,
    outcome: decision.outcome,
    reasons: reasonsTold(decision),
    holdId: null,
    entry: null,
    deviceId: actor.deviceId,
    network: actor.network,
    createdAt: now,
    deadline: null,
    endedAt: null,
    recalledAmount: 0n,
  }
}

/** What the customer may read; a payment that went out needs no words. */
export function reasonsTold(decision: Pick<Decision, 'outcome' | 'reasons'>): Payment['reasons'] {
  if (decision.outcome === 'allow' || decision.reasons.length === 0) return null
  return decision.reasons.map(({ code, sentence }) => ({ code, sentence }))
}

/** Profiles learn of every attempt; the customer is told of all that did not simply go out. */
function remember(
  state: View,
  input: PayCommandInput,
  done: { decision: Decision; made: Payment; now: Instant },
): void {
  const { decision, made, now } = done
  const { payer: payerId, payee: payeeId, amount, source } = made
  const parties = paymentParties(made, made)
  const outcome = made.state === 'posted' ? 'posted' : 'stopped'
  recordPayment(state, { payerId, payeeId, parties, amount, source, state: outcome }, now)
  if (decision.outcome === 'allow') return
  const template = templateOf[decision.outcome]
  const params = { amount: formatAmount(amount), payee: input.payee.shown }
  notify(state, { customerId: payerId, channels: cleanChannels, template, params }, now)
}

const templateOf = {
  challenge: 'payment_challenged',
  hold: 'payment_held',
  deny: 'payment_denied',
} as const

function refusalOf(error: string): Problem {
  switch (error) {
    case 'insufficient_funds':
      return { code: 'insufficient_funds' }
    case 'limit_exceeded':
      // Of all accounts a payment touches only the advance facility has a ceiling.
      return { code: 'facility_exhausted' }
    default:
      return { code: 'payee_cannot_receive', detail: error }
  }
}
