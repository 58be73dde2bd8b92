import { checkConfirmations } from './check-confirmations.ts'
import { compareHolders } from './compare-holders.ts'
import * as queries from './file-queries.ts'
import { keepFile, noteApplied, noteParsed } from './keep-file.ts'
import { holderInFiles, orderRow, orderRows } from './order-rows.ts'
import { compareQuotation, readQuotation, signedFigure } from './read-quotation.ts'

export type { FileBreak } from './file-record.ts'
export type { FiledOrder } from './order-rows.ts'

/**
 * Our side of the daily files: what has come and gone (`keepFile` answers file_differs), records
 * of orders, and what the agent's answers are held against. One name at the entry point.
 */
export const fundFiles = {
  keepFile,
  noteParsed,
  noteApplied,
  holderInFiles,
  orderRow,
  orderRows,
  checkConfirmations,
  compareHolders,
  readQuotation,
  compareQuotation,
  signedFigure,
  ...queries,
}
