import { defineRecord, keyOf, type Key } from '#commit'

/** Which customers were seen on a device (`device:dev_…`) or a network (`network:203.0.113`). */
export interface LinkProfileRecord {
  readonly id: string
  readonly profile: Uint8Array
}

export const linkProfile = defineRecord<LinkProfileRecord>({
  name: 'risk.profile',
  key: 'id',
  fields: { id: 'text', profile: 'bytes' },
})

export function deviceProfileId(deviceId: string): string {
  return `device:${deviceId}`
}

export function networkProfileId(network: string): string {
  return `network:${network}`
}

export function linkProfileKey(id: string): Key {
  return keyOf(linkProfile, id)
}
