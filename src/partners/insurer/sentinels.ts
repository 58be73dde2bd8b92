/** Claim amounts in fen with a fixed behaviour; all others are decided by the cover. */
export const insurerSentinels = {
  declined: 66_666n,
  undecided: 77_777n,
  /** Half of it is approved. */
  half: 88_888n,
  unavailable: 99_999n,
} as const
export type InsurerSentinel = keyof typeof insurerSentinels

/** What an amount is a sentinel for; undefined for an ordinary one. */
export function insurerSentinelOf(amount: bigint): InsurerSentinel | undefined {
  return names.find((name) => insurerSentinels[name] === amount)
}

const names = Object.keys(insurerSentinels) as InsurerSentinel[]
