import type { AnswerOf, CheckedBodyOf, Routes } from '#contract'
import type { GuestDecisionInput, GuestEventInput } from '#flows'
import { ok } from '#kernel'
import type { GuestDecided } from '#risk'
import { fenOf } from '../fen-of.ts'
import type { Handlers } from '../handler.ts'
import type { HandlerOptions } from '../handlers.ts'
import { networkOf } from '../network-of.ts'
import { timeOf } from '../presenters/scalars.ts'

type Names = 'decideForGuest' | 'receiveGuestEvent' | 'receiveGuestOutcome'
type Asked = CheckedBodyOf<Routes['decideForGuest']>
type Told = CheckedBodyOf<Routes['receiveGuestEvent']>

export function guardHandlers({ flows }: HandlerOptions): Handlers<Names> {
  return {
    async decideForGuest({ key: requestId, body }) {
      const decided = await flows.decideForGuest({ requestId, ...questionOf(body) })
      return decided.ok ? ok(decisionOf(decided.value)) : decided
    },
    async receiveGuestEvent({ key: requestId, body }) {
      const { customer: customerId, device, ip } = body
      const taken = await flows.receiveGuestEvent({
        requestId,
        customerId,
        deviceId: device ?? null,
        network: ip === undefined ? null : networkOf(ip),
        happened: happenedOf(body),
      })
      return taken.ok ? ok({ accepted: true }) : taken
    },
    receiveGuestOutcome({ key: requestId, params, body }) {
      const { outcome: end = null, label, reason = '' } = body
      return flows.receiveGuestOutcome({
        requestId,
        decisionId: params.id,
        end,
        label: label === undefined ? null : { label, reason },
      })
    },
  }
}

function questionOf(body: Asked): Omit<GuestDecisionInput, 'requestId'> {
  const { step, subject = '', customer, device, ip, session, proof, money, payee } = body
  const { remote_control, call_in_progress, emulator } = device?.signals ?? {}
  return {
    step,
    subject,
    customer: partyOf(customer),
    deviceId: device?.id ?? null,
    network: ip === undefined ? null : networkOf(ip),
    signals: {
      remoteControl: remote_control ?? false,
      callInProgress: call_in_progress ?? false,
      emulator: emulator ?? false,
    },
    session:
      session === undefined
        ? null
        : { startedAt: Date.parse(session.started_at), deviceId: session.device_id ?? null },
    proof,
    money: money === undefined ? null : moneyOf(money),
    payee: payee === undefined ? null : { ...partyOf(payee), kind: payee.kind },
    bankAccount:
      body.bank_account === undefined
        ? null
        : { linkedAt: Date.parse(body.bank_account.linked_at) },
  }
}

function partyOf({ id, created_at: at }: { id: string; created_at?: string | undefined }) {
  return { id, createdAt: at === undefined ? null : Date.parse(at) }
}

function moneyOf(money: NonNullable<Asked['money']>): GuestDecisionInput['money'] {
  return {
    amount: fenOf(money.amount),
    source: money.source,
    walletAvailable: fenOf(money.wallet_balance),
    fundUnits: fenOf(money.fund_balance),
  }
}

function happenedOf(body: Told): GuestEventInput['happened'] {
  switch (body.type) {
    case 'customer_created':
      return { type: body.type, createdAt: Date.parse(body.at) }
    case 'device_added': {
      const { type, at, by: addedBy, trusted } = body
      return { type, addedAt: Date.parse(at), addedBy, trusted }
    }
    case 'sms_signal': {
      const { type, forwarding, sim_swap: simSwap, silence } = body
      return { type, forwarding, simSwap, silence }
    }
    case 'topped_up':
    case 'received':
    case 'subscribed':
    case 'redeemed':
    case 'withdrawn':
      return { type: body.type, amount: fenOf(body.amount) }
    default:
      return { type: body.type }
  }
}

function decisionOf(decided: GuestDecided): AnswerOf<Routes['decideForGuest']> {
  const { id, at, outcome, score, level, reasons, policyVersion } = decided
  return {
    id,
    at: timeOf(at),
    outcome,
    score,
    level,
    reasons: reasons.map(({ code, sentence, observed, threshold, analystSentence }) => {
      return { code, sentence, observed, threshold, for_analysts: analystSentence }
    }),
    policy_version: policyVersion,
  }
}
