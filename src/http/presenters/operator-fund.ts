import type { OperatorFund } from '#contract'
import type { OperatorFundView } from '#flows'
import { formatAmount } from '#money'
import { amountOrNull, timeOrNull } from './scalars.ts'

export function operatorFundOf(view: OperatorFundView): OperatorFund {
  const { suspendedSince, gatePerMille } = view
  return {
    subscriptions: suspendedSince === null ? 'open' : 'suspended',
    suspended_since: timeOrNull(suspendedSince),
    daily_quota: amountOrNull(view.quotaFen),
    quota_used_today: formatAmount(view.quotaUsedFen),
    gate_percent: gatePerMille === null ? null : percentOf(gatePerMille),
    shadow_prices: view.shadowPrices.map(({ id, deviation, alert }) => ({
      date: id,
      deviation: fourDecimals(deviation),
      alert,
    })),
  }
}

/** "0.997400" -> -2600n: millionths against 1.00. */
export function deviationOf(nav: string): bigint {
  const [whole = '0', decimals = ''] = nav.split('.')
  return BigInt(whole) * 1_000_000n + BigInt(decimals.padEnd(6, '0')) - 1_000_000n
}

/** "10" -> 100, "12.5" -> 125. */
export function perMilleOf(percent: string): number {
  const [whole = '0', tenths = '0'] = percent.split('.')
  return Number(whole) * 10 + Number(tenths)
}

function percentOf(perMille: number): string {
  const tenths = perMille % 10
  return `${(perMille - tenths) / 10}${tenths === 0 ? '' : `.${tenths}`}`
}

/** Millionths as percent: -2600n -> "-0.2600". */
function fourDecimals(millionths: bigint): string {
  const digits = (millionths < 0n ? -millionths : millionths).toString().padStart(5, '0')
  return `${millionths < 0n ? '-' : ''}${digits.slice(0, -4)}.${digits.slice(-4)}`
}
