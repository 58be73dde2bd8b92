/**
 * Decimal strings to fen and back. Errors: amount_malformed, amount_too_precise,
 * amount_out_of_range.
 */
export { formatAmount, parseAmount, type AmountError, type Fen } from './amount.ts'
/** Exact integer division with a stated direction of rounding. */
export { divideDown, divideHalfUp, divideUp, larger, smaller } from './round.ts'
