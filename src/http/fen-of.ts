import { invariant } from '#kernel'
import { parseAmount } from '#money'

/** The fen of an amount that the contract has checked. */
export function fenOf(amount: string): bigint {
  const parsed = parseAmount(amount)
  invariant(parsed.ok, `the contract let an amount through: ${amount}`)
  return parsed.value
}
