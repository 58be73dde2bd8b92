import type { Command, Key, View } from '#commit'
import {
  claimKey,
  dispute,
  disputeKey,
  type Dispute,
  type MissedUnits,
  noticedInTime,
  openClaim,
  openRecall,
  promise2013,
  recallAt,
  recallKey,
  reportKey,
  takeBackKeys,
  theftReport,
} from '#guarantee'
import { customer, customerIn, customerKey, freeze, sessionKey } from '#identity'
import { standingOf, withSessionsEnded } from '#identity'
import { fail, type Instant, invariant, type LocalDate, ok, required, type Result } from '#kernel'
import { formatAmount, smaller } from '#money'
import { cleanChannels, notify } from '#notifications'
import { addLabel } from '#risk'
import { movePayment, payment, type Payment, paymentKey } from '#wallet'
import { endPaymentKeys, voidPayment } from './end-payment.ts'
import type { ReportTheftAnswer } from './report-theft.ts'

/** A redemption that fed disputed payments. */
export interface Redemption {
  readonly orderId: string
  /** Hundredths of a unit. */
  readonly units: bigint
  /** First day without income from them. */
  readonly missedFrom: LocalDate
  /** The payment it was made for; null: into the wallet. */
  readonly paymentId: string | null
}

interface TheftReported {
  readonly actor: { readonly customerId: string; readonly sessionId: string }
  readonly reportId: string
  readonly claimId: string
  /** As read before; what they are now is read again under the lane. */
  readonly payments: readonly Payment[]
  readonly redemptions: readonly Redemption[]
  readonly coverId: string | null
  readonly lostOn: LocalDate
  readonly note: string | null
}

export type ReportError = 'session_expired' | 'payment_not_reportable' | 'report_late'

type Reported = Result<ReportTheftAnswer, ReportError> & { undecided?: true }

export const reportTheft: Command<TheftReported, Reported> = {
  name: 'guarantee.report_theft',
  reads({ actor, reportId, claimId, payments }) {
    const { customerId, sessionId } = actor
    const keys = [customerKey(customerId), sessionKey(sessionId)]
    keys.push(reportKey(reportId), claimKey(claimId))
    for (const disputed of payments) keys.push(...disputeKeys(disputed))
    return uniqueKeys(keys)
  },
  apply(state, input, now) {
    const { actor, payments } = input
    if (standingOf(state, actor, now) === 'session_expired') {
      // Who signs in again may send the same report again.
      return { ...fail('session_expired'), undecided: true }
    }
    const present = payments.map(({ id }) => required(state.get(payment, id), `payment ${id}`))
    for (const disputed of present) {
      const refused = refusalOf(state, disputed, now)
      if (refused !== null) return fail(refused)
    }
    return ok(carryOut(state, { input, present }, now))
  },
}

function disputeKeys(disputed: Payment): Key[] {
  const { id, payer, payee, payeeKind } = disputed
  const stop = { holder: payee, holderKind: payeeKind, victim: payer, subrogatedClaim: null }
  return [
    paymentKey(id),
    // Never reserved, or reserved once: then its hold may still have to be ended.
    ...(disputed.holdId === null ? [] : endPaymentKeys(disputed)),
    ...takeBackKeys(stop),
    recallKey(id),
    disputeKey(id),
  ]
}

function uniqueKeys(keys: readonly Key[]): Key[] {
  return [...new Map(keys.map((key) => [`${key.kind.name}/${key.id}`, key])).values()]
}

function refusalOf(state: View, disputed: Payment, now: Instant): ReportError | null {
  if (state.get(dispute, disputed.id) !== undefined) return 'payment_not_reportable'
  if (disputed.state === 'recalled') return 'payment_not_reportable'
  return noticedInTime(promise2013, disputed.createdAt, now) ? null : 'report_late'
}

interface Robbery {
  readonly input: TheftReported
  readonly present: readonly Payment[]
}

function carryOut(state: View, { input, present }: Robbery, now: Instant): ReportTheftAnswer {
  const { reportId, actor, note } = input
  const { customerId } = actor
  const frozen = freeze(state, { customerId, by: 'report', reason: 'reported a theft' }, now)
  state.put(customer, withSessionsEnded(customerIn(state, customerId), now))
  const missed = missedUnitsOf(input, present)
  const lost = sumOf(present.filter(({ state: found }) => found === 'posted'))
  const claimId = lost > 0n || missed.length > 0 ? input.claimId : null
  const ended = present.map((disputed) => {
    addLabel(
      state,
      { subject: disputed.id, label: 'theft', by: customerId, reason: `reported: ${reportId}` },
      now,
    )
    return endDisputed(state, { disputed, reportId, claimId }, now)
  })
  const disputed = sumOf(present)
  const stopped = disputed - lost
  const recovered = ended.reduce((sum, { secured }) => sum + secured, 0n)
  const paymentIds = present.map(({ id }) => id)
  const report = { id: reportId, customerId, reportedAt: now, paymentIds, note }
  state.put(theftReport, { ...report, disputed, stopped, lost, claimId })
  const opening = { reportId, customerId, coverId: input.coverId, lostOn: input.lostOn }
  const opened =
    claimId === null
      ? null
      : openClaim(
          state,
          { ...opening, claimId, pack: promise2013, principalLost: lost, recovered, missed },
          now,
        )
  state.emit('theft.reported', { reportId })
  tell(state, { customerId, disputed, recovered, missing: lost - recovered }, now)
  return {
    reportId,
    claimId,
    reportedAt: now,
    frozenAt: frozen.frozenAt,
    disputed,
    stopped,
    lost,
    recovered,
    payments: ended,
    clocks: opened?.clocks ?? [],
  }
}

/** Reserved money goes back; money that left is taken back from whoever was paid. */
function endDisputed(
  state: View,
  what: { disputed: Payment; reportId: string; claimId: string | null },
  now: Instant,
): ReportTheftAnswer['payments'][number] {
  const { disputed, reportId, claimId } = what
  const { id, payer: customerId, payee, payeeKind, amount } = disputed
  const found = isReserved(disputed)
    ? 'on_hold'
    : disputed.state === 'posted'
      ? 'left'
      : 'not_moved'
  state.put(dispute, { id, reportId, customerId, amount, found, at: now } satisfies Dispute)
  if (found === 'on_hold') giveBack(state, { disputed, reportId }, now)
  if (found !== 'left') return { paymentId: id, found, secured: 0n }
  const opened = openRecall(
    state,
    { reportId, claimId, customerId, paymentId: id, payee, wanted: amount },
    now,
  )
  const stop = { hop: 1, holder: payee, holderKind: payeeKind, paymentId: id, traced: amount }
  const taken = recallAt(state, { recallId: opened.id, stop, subrogatedClaim: null }, now)
  invariant(taken.ok, `recall ${opened.id} was just opened`)
  const { secured } = taken.value
  if (secured > 0n) {
    movePayment(state, { id, to: 'recalled', recalled: secured }, now)
    const params = { amount: formatAmount(secured) }
    notify(state, { customerId: payee, channels: ['app'], template: 'money_recalled', params }, now)
  }
  return { paymentId: id, found, secured }
}

/** Also when its deadline has passed meanwhile and nobody has ended it yet. */
function giveBack(
  state: View,
  { disputed: present, reportId }: { disputed: Payment; reportId: string },
  now: Instant,
): void {
  const reason = `reported as theft: ${reportId}`
  const voided = voidPayment(state, { present, as: 'voided', reason }, now)
  if (voided.ok) return
  const expired = voidPayment(state, { present, as: 'expired', reason }, now)
  invariant(expired.ok, `hold of ${present.id} can neither be voided nor expire`)
}

function isReserved(disputed: Payment): boolean {
  return disputed.state === 'held' || disputed.state === 'challenged'
}

/**
 * Units that stopped earning by the thief's hand: those redeemed for a disputed payment that left,
 * and of what was redeemed into the wallet as much as the disputed payments from the wallet come
 * to, whether they left, were held or never moved: also money that came back has missed income.
 */
function missedUnitsOf(input: TheftReported, present: readonly Payment[]): MissedUnits[] {
  const left = new Set(present.filter(({ state: was }) => was === 'posted').map(({ id }) => id))
  let fromWallet = sumOf(present.filter(({ source }) => source === 'wallet'))
  const missed: MissedUnits[] = []
  for (const { orderId: ref, units: all, missedFrom: from, paymentId } of input.redemptions) {
    if (paymentId !== null) {
      if (left.has(paymentId)) missed.push({ ref, units: all, from })
      continue
    }
    const units = smaller(all, fromWallet)
    fromWallet -= units
    if (units > 0n) missed.push({ ref, units, from })
  }
  return missed
}

function sumOf(payments: readonly Payment[]): bigint {
  return payments.reduce((sum, { amount }) => sum + amount, 0n)
}

function tell(
  state: View,
  about: { customerId: string; disputed: bigint; recovered: bigint; missing: bigint },
  now: Instant,
): void {
  const { customerId, disputed, recovered, missing } = about
  const told = { customerId, channels: cleanChannels }
  notify(
    state,
    { ...told, template: 'report_received', params: { amount: formatAmount(disputed) } },
    now,
  )
  if (recovered > 0n) {
    const params = { amount: formatAmount(recovered) }
    notify(state, { ...told, template: 'recall_secured', params }, now)
  }
  if (missing > 0n) {
    const params = { amount: formatAmount(missing) }
    notify(state, { ...told, template: 'claim_opened', params }, now)
  }
}
