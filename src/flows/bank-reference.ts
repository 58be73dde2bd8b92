/**
 * One name for a movement that the bank and our books call differently. The bank knows a fund
 * transfer as `fund/<dealing day>/<step>` (we: the day), a remittance as `remittance:<claim>` or
 * `<claim>:own`, a premium as `premium:<id>`, a payment from the fund by its order; a payment sent
 * back ends in `/return`, a further attempt in `/2`. Null: no reference.
 */
export function movementKey(reference: string | null): string | null {
  if (reference === null || reference === '') return null
  const [, dealingDay] = /^(?:fund\/)?(\d{4}-\d{2}-\d{2})(?:\/|$)/.exec(reference) ?? []
  if (dealingDay !== undefined) return `dealing-day:${dealingDay}`
  return reference
    .replace(/^(remittance|premium):/, '')
    .replace(/(\/return|\/\d+|:own)+$/, '')
    .replace(/^(pay|ord)_/, 'order:')
}
