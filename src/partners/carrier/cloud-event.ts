import { carrierNewsTypes as types, type CarrierEventBody } from '#contract'
import { toRfc3339 } from '#kernel'
import type { CarrierEvent } from './port.ts'

/** An event as it travels. */
export function cloudEventOf(event: CarrierEvent): CarrierEventBody {
  const { id, source, phone: phoneNumber, at } = event
  return {
    specversion: '1.0',
    id,
    source,
    type: typeOf(event),
    time: toRfc3339(at),
    datacontenttype: 'application/json',
    data: { phoneNumber },
  }
}

/** What has arrived; null: it is about the subscription, not about a number. */
export function carrierEventOf(body: CarrierEventBody): CarrierEvent | null {
  if (!('data' in body)) return null
  const { id, source, type, data } = body
  return {
    id,
    source,
    kind: type === types.simSwapped ? 'sim_swap' : 'call_forwarding',
    active: type !== types.forwardingOff,
    phone: data.phoneNumber,
    at: Date.parse(body.time),
  }
}

function typeOf({ kind, active }: CarrierEvent) {
  if (kind === 'sim_swap') return types.simSwapped
  return active ? types.forwardingOn : types.forwardingOff
}
