/**
 * ID numbers with a fixed behaviour: right check digits, of a region (999999) that there is not.
 * Every other number belongs to whoever gives it.
 */
export const identitySentinels = {
  mismatch: '999999199001010016',
  unknown: '999999199001010024',
  timeout: '999999199001010032',
  rateLimited: '999999199001010040',
  unavailable: '999999199001010059',
  malformedAnswer: '999999199001010067',
} as const
export type IdentitySentinel = keyof typeof identitySentinels

/** What an ID number is a sentinel for; undefined for an ordinary one. */
export function identitySentinelOf(idNumber: string): IdentitySentinel | undefined {
  return names.find((name) => identitySentinels[name] === idNumber)
}

const names = Object.keys(identitySentinels) as IdentitySentinel[]
