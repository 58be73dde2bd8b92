import { formatAmount } from '#money'
import type { FileBreak } from './file-record.ts'
import { holderInFiles } from './order-rows.ts'

/** One holder's figure in a file: units of 05 or income of 06. */
export interface FiledFigure {
  readonly line: number
  /** As the transfer agent names him. */
  readonly holder: string
  readonly amount: bigint
}

/**
 * Every holder whose figure in the file is not ours, those that are on one side only and those
 * that are in the file twice (their figures are added up). By our customer's id where there is one.
 */
export function compareHolders(
  ours: ReadonlyMap<string, bigint>,
  theirs: readonly FiledFigure[],
  field: string,
): FileBreak[] {
  const names = new Map([...ours.keys()].map((id) => [holderInFiles(id), id]))
  const seen = new Map<string, { line: number; amount: bigint }>()
  for (const { line, holder, amount } of theirs) {
    const about = names.get(holder) ?? holder
    const before = seen.get(about)
    seen.set(about, { line, amount: (before?.amount ?? 0n) + amount })
  }
  const breaks: FileBreak[] = []
  for (const [about, { line, amount }] of seen) {
    const own = ours.get(about) ?? 0n
    if (own === amount) continue
    breaks.push({ line, field, about, ours: formatAmount(own), theirs: formatAmount(amount) })
  }
  for (const [about, own] of ours) {
    if (own === 0n || seen.has(about)) continue
    breaks.push({ line: 0, field, about, ours: formatAmount(own), theirs: 'none' })
  }
  return breaks
}
