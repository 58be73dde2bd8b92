import { defineRecord, keyOf, type Key, type View } from '#commit'
import { day, hour, type Instant } from '#kernel'

/** How a device came to a customer. */
export type AddedBy = 'sign_up' | 'sign_in' | 'reset'

/**
 * A device of one customer. The same device at two customers is two records: what one trusts says
 * nothing to the other.
 */
export interface Device {
  /** `cus_…/dev_…`. */
  readonly id: string
  readonly customerId: string
  readonly deviceId: string
  readonly name: string
  readonly addedAt: Instant
  readonly addedBy: AddedBy
  /** From then on it may answer challenges; null: never. */
  readonly trustedFrom: Instant | null
  readonly lastSeenAt: Instant
}

export const device = defineRecord<Device>({
  name: 'identity.device',
  key: 'id',
  fields: {
    id: 'text',
    customerId: 'text',
    deviceId: 'text',
    name: 'text',
    addedAt: 'instant',
    addedBy: 'text',
    trustedFrom: 'instant',
    lastSeenAt: 'instant',
  },
  constant: ['customerId', 'deviceId', 'addedAt', 'addedBy'],
})

/** How many customers a device was seen with, whoever they are. */
export interface DeviceUse {
  /** The device's id. */
  readonly id: string
  readonly customersSeen: number
  readonly firstSeenAt: Instant
}

export const deviceUse = defineRecord<DeviceUse>({
  name: 'identity.device_use',
  key: 'id',
  fields: { id: 'text', customersSeen: 'integer', firstSeenAt: 'instant' },
  constant: ['firstSeenAt'],
})

/**
 * A new device earns trust by time only when nobody objected meanwhile: three days when the
 * customer signed in on it, seven when it came with a password reset.
 */
const trustAfter: Record<AddedBy, number> = {
  sign_up: 0,
  sign_in: 72 * hour,
  reset: 7 * day,
}

function idOf(customerId: string, deviceId: string): string {
  return `${customerId}/${deviceId}`
}

/** The key of a customer's device; its absence means: not one of his. */
export function deviceKey(customerId: string, deviceId: string): Key {
  return keyOf(device, idOf(customerId, deviceId))
}

export function deviceIn(state: View, customerId: string, deviceId: string): Device | undefined {
  return state.get(device, idOf(customerId, deviceId))
}

export function deviceUseKey(deviceId: string): Key {
  return keyOf(deviceUse, deviceId)
}

export function isTrusted(subject: Device | undefined, now: Instant): boolean {
  const from = subject?.trustedFrom ?? null
  return from !== null && from <= now
}

/** Adds a device to a customer, or notes that it was seen again. Answers the device. */
export function seeDevice(
  state: View,
  seen: {
    customerId: string
    deviceId: string
    name: string
    by: AddedBy
    /** A trusted device has vouched for it. */
    vouched?: boolean
  },
  now: Instant,
): Device {
  const { customerId, deviceId, name, by, vouched = false } = seen
  const known = deviceIn(state, customerId, deviceId)
  if (known !== undefined) {
    const trustedFrom = vouched && !isTrusted(known, now) ? now : known.trustedFrom
    const again: Device = { ...known, trustedFrom, lastSeenAt: now }
    state.put(device, again)
    return again
  }
  const added: Device = {
    id: idOf(customerId, deviceId),
    customerId,
    deviceId,
    name,
    addedAt: now,
    addedBy: by,
    trustedFrom: vouched ? now : now + trustAfter[by],
    lastSeenAt: now,
  }
  state.put(device, added)
  const use = state.get(deviceUse, deviceId)
  state.put(deviceUse, {
    id: deviceId,
    customersSeen: (use?.customersSeen ?? 0) + 1,
    firstSeenAt: use?.firstSeenAt ?? now,
  })
  return added
}

/** Customers seen on a device so far. */
export function customersOn(state: View, deviceId: string): number {
  return state.get(deviceUse, deviceId)?.customersSeen ?? 0
}
