/** The chart of accounts and account ids. Unknown codes throw. */
export {
  accountId, chart, singleCodes, type AccountCode, type Book, type ChartLine, type Side,
} from './chart.ts'
/** Accounts. openAccount: opened, exists. */
export {
  account, accountKey, balanceOf, openAccount, type Account, type Balance,
} from './account.ts'
/**
 * Move money now. Errors: account_not_found, account_closed, books_differ, insufficient_funds,
 * limit_exceeded.
 */
export { accountKeys, post, type Leg, type Posted, type Posting, type PostError } from './post.ts'
/**
 * Reserve money; end a hold exactly once. Errors: hold_exists, hold_not_found, hold_posted,
 * hold_voided, hold_expired, hold_not_due, amount_exceeds_hold, partial_not_possible, and post's.
 */
export {
  expireHold, freshHoldKey, hold, holdKey, holdRecord, postHold, voidHold,
  type EndHoldError, type Hold, type HoldError,
} from './hold.ts'
/** The rows entries and postings become. */
export { entryLog, postingLog, type EntryRow, type PostingRow } from './entry.ts'
/** Plain reads for screens and for the fund's day; database faults reject. */
export { balancesOf } from './queries-balances.ts'
export { earningUnitsAt, type AccountUnits } from './queries-units.ts'
export { balanceAt, statement } from './statement-queries.ts'
export type { StatementPlace, StatementRow } from './statement-queries.ts'
export {
  trialBalance, type TrialBalance, type TrialBalanceLine,
} from './trial-balance-queries.ts'
/** Parts of I1 and I8 to I10, and what `verify` compares with the other modules. */
export {
  entriesOfKinds, entryKinds, incomeIssued, lastEntryAt, repeatedEntries, verifyEntries,
} from './verify-entries.ts'
export { verifyLimits, verifyReplay } from './verify-accounts.ts'
export { holdsAfter, verifyHolds } from './verify-holds.ts'
export type { Verified } from './verified.ts'
/** The whole journal in hledger's format, and a reader that checks such a file apart from it. */
export { exportHledger, type Exported, type WritePiece } from './export-hledger.ts'
export { createJournalReader, readJournal } from './hledger-reader.ts'
export type { JournalReader, JournalReport } from './hledger-reader.ts'
/** A closed month for the shelf, and a reader that checks such a file apart from any database. */
export { archiveMonth, boundsOfMonth, type ArchivedMonth } from './archive-month.ts'
export { createArchiveReader, type ArchiveReader, type ArchiveReport } from './archive-reader.ts'
