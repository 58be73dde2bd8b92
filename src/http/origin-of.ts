import type { Origin } from '#flows'
import type { Visit } from './handler.ts'

/** Where a request comes from that wants a session. */
export function originOf(
  visit: Visit,
  device: { id?: string | undefined; name: string; public_key?: string | undefined },
): Origin {
  const { network, signals } = visit
  const { public_key: publicKey } = device
  return {
    deviceId: device.id ?? null,
    deviceName: device.name,
    network,
    signals,
    ...(publicKey !== undefined && { publicKey }),
  }
}
