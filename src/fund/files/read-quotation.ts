import { constantNav, type FileRowOf } from '#partners'
import { formatAmount } from '#money'
import { formatMilliPercent, formatPer10k, per10kIncome } from '../yield.ts'
import type { PublishedDay } from '../queries-days.ts'
import type { FileBreak, QuotationRecord } from './file-record.ts'
import type { Placed } from './check-confirmations.ts'

/** Flags of a figure: its sign, or that there is none. */
const flag = { gain: '0', loss: '1', none: '2' } as const

/** A signed figure of a file. */
export function signedFigure(amount: bigint, sign: string): bigint {
  return sign === flag.loss ? -amount : amount
}

/**
 * The figures of a day as published, and where the file contradicts itself: the net asset value is
 * 1.0000, income per 10,000 units is the day's income by all units. With breaks it is not used.
 */
export function readQuotation(
  { line, row }: Placed<FileRowOf<'07'>>,
  file: string,
): { readonly quotation: QuotationRecord; readonly breaks: readonly FileBreak[] } {
  const incomeFen = signedFigure(row.FundDayIncome, row.FundDayIncomeFlag)
  const units = row.TotalFundVol
  // The file has five decimals, the published figure four.
  const per10k = signedFigure(row.FundIncome, row.FundIncomeFlag)
  const own = units === 0n ? 0n : per10kIncome(incomeFen, units)
  const breaks: FileBreak[] = []
  const about = row.UpdateDate
  const differs = (field: string, ours: string, theirs: string) =>
    breaks.push({ line, field, about, ours, theirs })
  if (row.NAV !== constantNav) differs('NAV', '1.0000', formatPer10k(row.NAV))
  if (per10k !== own * 10n) differs('FundIncome', formatPer10k(own), `${per10k} / 100000`)
  const value = {
    id: row.UpdateDate,
    file,
    incomeFen,
    units,
    per10k: own,
    yield7d: row.YieldFlag === flag.none ? null : signedFigure(row.Yield, row.YieldFlag),
    personDailyBuyFen: row.IndiDayMaxSumBuy,
    personDailyRedeemFen: row.IndiDayMaxSumRedeem,
    fundDailyBuyFen: row.FundDayMaxSumBuy,
  }
  return { quotation: value, breaks }
}

/** Where the published figures are not those of our own books. */
export function compareQuotation(
  theirs: QuotationRecord,
  ours: PublishedDay,
  line: number,
): FileBreak[] {
  const yieldOf = (rate: bigint | null) => (rate === null ? 'none' : formatMilliPercent(rate))
  const figures: [string, string, string][] = [
    ['FundDayIncome', formatAmount(ours.incomeFen), formatAmount(theirs.incomeFen)],
    ['TotalFundVol', formatAmount(ours.units), formatAmount(theirs.units)],
    ['FundIncome', formatPer10k(ours.per10k ?? 0n), formatPer10k(theirs.per10k)],
    ['Yield', yieldOf(ours.yield7d), yieldOf(theirs.yield7d)],
  ]
  return figures
    .filter(([, own, other]) => own !== other)
    .map(([field, own, other]) => ({
      line,
      field,
      about: theirs.id,
      ours: own,
      theirs: other,
    }))
}
