/**
 * Numbers with a fixed behaviour: `+999` (a country code that nobody has) and two last digits.
 * Any other number is an ordinary phone until something happens to it.
 */
export const carrierSentinels = {
  numberNotFound: '+99900000001',
  timeout: '+99900000002',
  rateLimited: '+99900000003',
  unavailable: '+99900000004',
  notSupported: '+99900000005',
  malformedAnswer: '+99900000006',
  smsRefused: '+99900000007',
  simSwappedAnHourAgo: '+99900000008',
  forwardingActive: '+99900000009',
  deviceSwappedAnHourAgo: '+99900000010',
  smsNeverDelivered: '+99900000011',
  permissionDenied: '+99900000012',
  notApplicable: '+99900000013',
} as const
export type CarrierSentinel = keyof typeof carrierSentinels

/** What a number is a sentinel for; undefined for an ordinary one. */
export function carrierSentinelOf(phone: string): CarrierSentinel | undefined {
  if (!phone.startsWith('+999')) return undefined
  return names.find((name) => phone.endsWith(carrierSentinels[name].slice(-2)))
}

const names = Object.keys(carrierSentinels) as CarrierSentinel[]
