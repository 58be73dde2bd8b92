/**
 * Customers' account numbers with a fixed behaviour: they begin with 9999 (no card or account in
 * the market does) and their last four digits say what they do. All exist, hold 1,000,000.00 and
 * belong to whoever asks, unless said otherwise.
 */
export const bankSentinels = {
  /** Collections and payments are refused. */
  refused: '9999000000000001',
  /** The holder has another name. */
  nameMismatch: '9999000000000002',
  accountNotFound: '9999000000000003',
  accountClosed: '9999000000000004',
  /** Nothing can be collected. */
  insufficientFunds: '9999000000000005',
  /** A payment is settled and comes back at once. */
  returned: '9999000000000006',
  /** Done, but the first answer is lost (timeout); the same reference again is answered. */
  answerLost: '9999000000000007',
  rateLimited: '9999000000000008',
  unavailable: '9999000000000009',
  timeout: '9999000000000010',
  malformedAnswer: '9999000000000011',
} as const
export type BankSentinel = keyof typeof bankSentinels

/** What an account number is a sentinel for; undefined for an ordinary one. */
export function bankSentinelOf(accountNumber: string): BankSentinel | undefined {
  if (!accountNumber.startsWith('9999')) return undefined
  return names.find((name) => accountNumber.endsWith(bankSentinels[name].slice(-4)))
}

const names = Object.keys(bankSentinels) as BankSentinel[]
