import type { Command } from '#commit'
import {
  actorKeys,
  openSealedChallenge,
  passkeyKey,
  passkeysOf,
  passkeyToVerify,
  paymentApprovalText,
  sealChallenge,
  sealedChallengeLifeMs,
  spendChallenge,
  spentChallengeKey,
  standingOf,
  usePasskey,
  verifyPasskeyUse,
  type PasskeyProof,
  type PasskeyUsed,
  type PasskeyView,
} from '#identity'
import { fail, ok, type Result } from '#kernel'
import { payment, paymentById, type Payment } from '#wallet'
import type { Actor, FlowContext, Problem } from './context.ts'
import { endPaymentKeys, releasePayment } from './end-payment.ts'
import { personDeadline } from './person-deadline.ts'
import type { PasskeyAsked } from './sign-in-with-passkey.ts'
import { siteOf } from './site-of.ts'
import { submit } from './submit.ts'

/** What a browser needs to have a payment confirmed by a passkey. */
export interface ConfirmationAsked extends PasskeyAsked {
  readonly passkeys: readonly PasskeyView[]
}

/**
 * Prepares the confirmation of a challenged payment: a challenge that holds the hash of payment id,
 * amount and payee. Errors: payment_not_found, payment_not_open, passkey_not_found (he has none).
 */
export function createBeginConfirmation(context: FlowContext) {
  return async (actor: Actor, paymentId: string): Promise<Result<ConfirmationAsked, Problem>> => {
    const present = await paymentById(context.sql, paymentId)
    if (present?.payer !== actor.customerId) return fail({ code: 'payment_not_found' })
    if (present.state !== 'challenged') return fail({ code: 'payment_not_open' })
    const passkeys = await passkeysOf(context.sql, actor.customerId)
    if (passkeys.length === 0) return fail({ code: 'passkey_not_found' })
    const subject = { purpose: 'payment', about: paymentApprovalText(present) } as const
    const expiresAt = context.now() + personDeadline(context, sealedChallengeLifeMs)
    const challenge = sealChallenge(context, subject, expiresAt)
    return ok({ challenge, rpId: siteOf(context).rpId, passkeys })
  }
}

interface Confirm {
  readonly present: Payment
  readonly actor: Actor
  readonly proof: PasskeyProof
}
type Confirmed = { payment: Payment } | { refused: Problem; undecided?: true }

const confirm: Command<Confirm, Confirmed> = {
  name: 'flows.confirm-payment',
  reads: ({ present, actor, proof }) => [
    ...actorKeys(actor),
    passkeyKey(proof.passkeyId),
    spentChallengeKey(proof.challengeId),
    ...endPaymentKeys(present),
  ],
  apply(state, { present, actor, proof }, now) {
    const { customerId } = actor
    const standing = standingOf(state, actor, now)
    if (standing === 'session_expired') return { refused: { code: standing }, undecided: true }
    if (standing === 'customer_frozen') return { refused: { code: standing } }
    const current = state.get(payment, present.id)
    if (current?.state !== 'challenged') return { refused: { code: 'payment_not_open' } }
    // The proof was made for these; they never change, and here that is sure.
    if (paymentApprovalText(current) !== paymentApprovalText(present)) {
      return { refused: { code: 'passkey_wrong' } }
    }
    const spent = { id: proof.challengeId, purpose: 'payment', customerId } as const
    if (!spendChallenge(state, spent, now)) return { refused: { code: 'challenge_not_found' } }
    if (!usePasskey(state, { proof, customerId }, now)) {
      return { refused: { code: 'passkey_wrong' } }
    }
    const released = releasePayment(state, current, now)
    if (released.ok) return { payment: released.value }
    return { refused: { code: 'payment_not_open', detail: released.error } }
  },
}

export interface ConfirmPaymentInput {
  readonly requestId: string
  readonly paymentId: string
  readonly challengeId: string
  readonly used: PasskeyUsed
}

/**
 * Confirms a challenged payment by a passkey, as a trusted device's word would: the proof is for
 * this payment, this amount and this payee, and serves once. Errors: payment_not_found,
 * payment_not_open, challenge_not_found (another payment, amount or payee; or spent),
 * challenge_expired, passkey_wrong, customer_frozen, session_expired, unavailable.
 */
export function createConfirmPayment(context: FlowContext) {
  return async (actor: Actor, input: ConfirmPaymentInput): Promise<Result<Payment, Problem>> => {
    const { paymentId, challengeId, used } = input
    const { sql, passwords } = context
    const [present, known] = await Promise.all([
      paymentById(sql, paymentId),
      passkeyToVerify(sql, used.id),
    ])
    if (present?.payer !== actor.customerId) return fail({ code: 'payment_not_found' })
    if (present.holdId === null) return fail({ code: 'payment_not_open' })
    const about = paymentApprovalText(present)
    const subject = { purpose: 'payment', about, id: challengeId } as const
    const opened = openSealedChallenge(passwords, subject, context.now())
    if (!opened.ok) {
      return fail({ code: opened.error, param: 'challenge_id' })
    }
    if (known?.customerId !== actor.customerId) return fail({ code: 'passkey_wrong' })
    // A repeat of this very request is answered from memory, whatever the count says by now.
    const fresh = { ...known, counter: 0n }
    const fits = await verifyPasskeyUse(used, fresh, {
      site: siteOf(context),
      challenge: opened.value,
    })
    if (fits === null) return fail({ code: 'passkey_wrong' })
    const answer = await submit(context, confirm, {
      owner: actor.customerId,
      id: `confirm:${input.requestId}`,
      content: { paymentId, challengeId },
      input: { present, actor, proof: { passkeyId: known.id, challengeId, ...fits } },
    })
    if (!answer.ok) return answer
    return 'refused' in answer.value ? fail(answer.value.refused) : ok(answer.value.payment)
  }
}
