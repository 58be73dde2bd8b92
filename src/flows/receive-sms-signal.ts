import type { Command, View } from '#commit'
import { customer, customerIdByPhone, customerIn, customerKey } from '#identity'
import { ok, type Instant, type Result } from '#kernel'
import { cleanChannels, notify, type TemplateName } from '#notifications'
import type { FlowContext, Problem } from './context.ts'
import { submit } from './submit.ts'

/** News about a number: from the carrier, or a silence that we noticed ourselves. */
export interface SmsSignal {
  /** Names the event for ever: the same one twice is told once. */
  readonly reference: string
  readonly phone: string
  readonly kind: 'sim_swap' | 'call_forwarding' | 'sms_silence'
  /** false: it is over. */
  readonly active: boolean
  readonly at: Instant
}

type Noted = { readonly status: 'noted' | 'not_a_customer' }

const fieldOf = {
  sim_swap: 'simSwap',
  call_forwarding: 'forwarding',
  sms_silence: 'silence',
} as const satisfies Record<SmsSignal['kind'], string>

const templateOf = {
  sim_swap: 'sim_swapped',
  call_forwarding: 'sms_forwarded',
  sms_silence: 'sms_silence',
} as const satisfies Record<SmsSignal['kind'], TemplateName>

const receive: Command<SmsSignal & { customerId: string }, Noted> = {
  name: 'identity.receive-sms-signal',
  reads: ({ customerId }) => [customerKey(customerId)],
  apply(state, { customerId, phone, kind, active, at }, now) {
    if (state.get(customer, customerId)?.phone !== phone) return { status: 'not_a_customer' }
    noteSmsSignal(state, { customerId, kind, active, at }, now)
    return { status: 'noted' }
  },
}

/**
 * Notes news of a customer's number on his record and, when it is bad and new, tells him where a
 * thief with his number does not read. Needs customerKey.
 */
export function noteSmsSignal(
  state: View,
  signal: Pick<SmsSignal, 'kind' | 'active' | 'at'> & { readonly customerId: string },
  now: Instant,
): void {
  const { customerId, kind, active, at } = signal
  const who = customerIn(state, customerId)
  const field = fieldOf[kind]
  const news = active && who[field] !== 'yes'
  const heardAt = Math.min(at, now)
  // Events may arrive late: an all-clear from before the last warning clears nothing.
  if (!active && heardAt < (who.smsSignalAt ?? 0)) return
  state.put(customer, {
    ...who,
    [field]: active ? 'yes' : 'no',
    smsObservedAt: Math.max(who.smsObservedAt ?? 0, heardAt),
    smsSignalAt: active ? Math.max(who.smsSignalAt ?? 0, heardAt) : who.smsSignalAt,
  })
  if (news) {
    notify(state, { customerId, channels: cleanChannels, template: templateOf[kind] }, now)
  }
}

/**
 * Notes a signal about a customer's SMS; from then on codes by SMS prove nothing. He is told where
 * a thief with his number does not read, and referred to his carrier. No errors of its own.
 */
export function createReceiveSmsSignal(context: FlowContext) {
  return async (signal: SmsSignal): Promise<Result<Noted, Problem>> => {
    const customerId = await customerIdByPhone(context.sql, signal.phone)
    if (customerId === null) return ok({ status: 'not_a_customer' })
    const input = { ...signal, customerId }
    return submit(context, receive, { owner: 'carrier', id: signal.reference, input })
  }
}
