import { keyOf, type Key } from '#commit'
import type { GuardParties } from './guard-input.ts'
import { profileKindOf } from './holder-profile-record.ts'
import { deviceProfileId, linkProfileKey, networkProfileId } from './link-profile-record.ts'
import { policyKey } from './policy-record.ts'

/** Every record that deciding and recording for these parties reads or changes. */
export function guardKeys(parties: GuardParties): Key[] {
  const keys = [policyKey, keyOf(profileKindOf(parties.holder), parties.holder)]
  if (parties.payeeHolder !== null && parties.payeeHolder !== parties.holder) {
    keys.push(keyOf(profileKindOf(parties.payeeHolder), parties.payeeHolder))
  }
  if (parties.deviceId !== null) keys.push(linkProfileKey(deviceProfileId(parties.deviceId)))
  if (parties.network !== null) keys.push(linkProfileKey(networkProfileId(parties.network)))
  return keys
}
