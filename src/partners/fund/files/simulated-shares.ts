import { divideDown } from '#money'
import type { HolderUnits } from './simulated-holders.ts'

/** Its name in the files. */
export const bankHolder = 'advance_bank'

/**
 * The agent's own way to the rule of the product: cut to the fen, the rest one fen each by largest
 * fraction, ties by account. A loss is carried by units that stay, and not by the bank's.
 */
export function simulatedShares(
  income: bigint,
  holders: readonly HolderUnits[],
): ReadonlyMap<string, bigint> {
  const sign = income < 0n ? -1n : 1n
  const earning = holders
    .map(({ holder, units, redeeming }) => {
      const stays = holder === bankHolder ? 0n : units - redeeming
      return { holder, units: sign > 0n ? units : stays }
    })
    .filter(({ units }) => units > 0n)
  const total = earning.reduce((sum, { units }) => sum + units, 0n)
  if (total === 0n) return new Map()
  const exact = earning.map(({ holder, units }) => {
    const product = income * sign * units
    const share = divideDown(product, total)
    return { holder, share, rest: product - share * total }
  })
  let left = income * sign - exact.reduce((sum, { share }) => sum + share, 0n)
  const account = (holder: string) => (holder === bankHolder ? 'R205' : `R201:${holder}`)
  const order = exact.toSorted((a, b) => {
    if (a.rest !== b.rest) return a.rest > b.rest ? -1 : 1
    return account(a.holder) < account(b.holder) ? -1 : 1
  })
  return new Map(
    order.map(({ holder, share }) => {
      const extra = left > 0n ? 1n : 0n
      left -= extra
      return [holder, sign * (share + extra)]
    }),
  )
}
