import { fail, ok, type Result } from '#kernel'

/** An amount of money in fen (0.01 yuan), or of fund units in hundredths: always an integer. */
export type Fen = bigint

export type AmountError = 'amount_malformed' | 'amount_too_precise' | 'amount_out_of_range'

/** One hundred trillion yuan in fen: far below 2^63, far above any payment. */
const largest = 10_000_000_000_000_000n
const pattern = /^(-?)(0|[1-9]\d{0,17})(?:\.(\d+))?$/

/**
 * Reads a decimal string of yuan ("12.5", "100000.00") as fen. No float is involved.
 * Errors: amount_malformed, amount_too_precise (more than two decimals), amount_out_of_range.
 */
export function parseAmount(text: string): Result<Fen, AmountError> {
  const match = pattern.exec(text)
  if (match === null) return fail('amount_malformed')
  const [, sign, whole = '0', decimals = ''] = match
  if (decimals.length > 2) return fail('amount_too_precise')
  const fen = BigInt(whole) * 100n + BigInt(decimals.padEnd(2, '0'))
  if (fen > largest) return fail('amount_out_of_range')
  return ok(sign === '-' ? -fen : fen)
}

/** Writes fen as yuan with two decimals: 1234n -> "12.34". */
export function formatAmount(fen: Fen): string {
  const digits = (fen < 0n ? -fen : fen).toString().padStart(3, '0')
  return `${fen < 0n ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`
}
