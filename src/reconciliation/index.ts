/** A bank's file. Pure, never throws; faults name line, field and code. */
export { readStatement } from './read-statement.ts'
export type { BankStatement, StatementFault, StatementLine } from './bank-statement.ts'
/** Lines against postings, pure: matches and breaks. No errors. */
export { matchStatement, type Matching } from './match.ts'
export { usualRule, type Break, type BreakKind, type MatchRule, type Side } from './side.ts'
export { ageDays, ageing, type AgeBand } from './ageing.ts'
/** The rows: how far an account is compared, statements, lines, what is matched. */
export { bookKey, lineId, postingId, statementKey, type LineRow } from './book-record.ts'
/** In a command. keepMatching: statement_name_reused, reconciliation_changed. */
export { keepMatching, type KeepError, type RunToKeep } from './keep-matching.ts'
/**
 * Receipts without an owner. mayPark: receipt_exists, reconciliation_changed. openReceipt,
 * clearReceipt: receipt_not_found, receipt_cleared.
 */
export { clearReceipt, mayPark, openReceipt, parkReceipt, receiptKey } from './receipt.ts'
export type { ClearError, ParkError, Receipt } from './receipt.ts'
/** Plain reads; database faults reject. */
export { bookOf, matchedPostings, openLines, openReceipts, statementNamed } from './queries.ts'
/** Entries of it that no decision of the guard stands behind. */
export { exemptReconciliationEntryKinds } from './exempt-entry-kinds.ts'
