import type { Origin } from '#flows'
import type { Visit } from './handler.ts'

/** Where a request comes from that wants a session. */
export function originOf(visit: Visit, device: { id?: string | undefined; name: string }): Origin {
  const { network, signals } = visit
  return { deviceId: device.id ?? null, deviceName: device.name, network, signals }
}
