import type { Reason, Warning as ShownWarning } from '#contract'
import type { Warning } from '#flows'
import { toRfc3339, type Instant } from '#kernel'
import { formatAmount } from '#money'

export const currency = 'CNY'

export function timeOf(at: Instant): string {
  return toRfc3339(at)
}

export function timeOrNull(at: Instant | null): string | null {
  return at === null ? null : toRfc3339(at)
}

export function amountOrNull(fen: bigint | null): string | null {
  return fen === null ? null : formatAmount(fen)
}

/** What a customer is told of a decision: no figures a thief could learn from. */
export function reasonsOf(
  reasons: readonly { readonly code: string; readonly sentence: string }[] | null,
): Reason[] {
  return (reasons ?? []).map(({ code, sentence }) => ({
    code,
    sentence,
    observed: null,
    threshold: null,
  }))
}

export function warningsOf(warnings: readonly Warning[]): ShownWarning[] {
  return warnings.map(({ code, severity, title, text, at, callCarrier }) => ({
    code,
    severity,
    title,
    text,
    at: timeOrNull(at),
    call_carrier: callCarrier,
  }))
}
