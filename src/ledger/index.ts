/** The chart of accounts and account ids. Unknown codes throw. */
export {
  accountId, chart, singleCodes, type AccountCode, type Book, type ChartLine, type Side,
} from './chart.ts'
/** Every code the functions below answer, in the order in which they look for them. */
export { ledgerErrors, type LedgerError } from './error-codes.ts'
/** Accounts. openAccount: opened, exists, exists_with_different_ceiling. */
export {
  account, accountKey, balanceOf, openAccount, type Account, type Balance, type Opening,
} from './account.ts'
/** Errors: account_not_found, account_(not_)closed, balance_not_zero, holds_pending. */
export { closeAccount, reopenAccount, type AccountAct } from './close-account.ts'
/**
 * Move money now. Errors: account_not_found, account_closed, books_differ, insufficient_funds,
 * limit_exceeded.
 */
export { accountKeys, post, type Leg, type Posted, type Posting, type PostError } from './post.ts'
/**
 * Reserve money; post it in parts; end a hold exactly once. Errors: exists,
 * exists_with_different_*, hold_not_found, hold_posted, hold_voided, hold_expired, hold_not_due,
 * amount_exceeds_hold, partial_not_possible, and some of post's.
 */
export {
  expireHold, freshHoldKey, hold, holdKey, holdRecord, postHold, voidHold,
  type EndHoldError, type Hold, type HoldError, type HoldWish,
} from './hold.ts'
/** An amount shared to the fen among millions of unit holders, set-based: no_earning_units. */
export { fenOf, leaveOutPosted, shareOut, sharePages } from './share-out.ts'
export type { ShareOut, ShareRule } from './share-out.ts'
export { creditShares } from './credit-shares.ts'
/** Errors: metadata_*, effective_*, condition_*, account_version_differs, and post's. */
export { entryKeys, postEntry, type BalanceCondition, type EntryWish } from './post-entry.ts'
/** Undo an entry, once. Errors: nothing_to_reverse and postEntry's. */
export { reversalKeys, reverse, type EntryToReverse, type ReversalWish } from './reverse.ts'
/** All or none. Errors: the failed link's own; the others are told linked_event_failed. */
export { chainKeys, postAll, type Link, type LinkDone } from './post-all.ts'
export { entryLog, postingLog, type EntryRow, type PostingRow } from './entry.ts'
/** Plain reads for screens and for the fund's day; database faults reject. */
export {
  balanceAt, balancesOf, earningUnitsAt, entryToReverse, movedByDay, movedInAll, postedLate,
  postedOn, postingsBetween, statement, trialBalance, type AccountPosting, type AccountUnits,
  type MovedOnDay, type PastQuestion, type StatementPlace, type StatementRow, type TrialBalance,
  type TrialBalanceLine, type VersionedBalance,
} from './reads.ts'
/** Parts of I1 and I8 to I10, and what `verify` compares with the other modules. */
export {
  entriesFrom, entriesOfKinds, entryKinds, holdsAfter, incomeIssued, lastEntryAt, repeatedEntries,
  verifyDetails, verifyEntries, verifyHolds, verifyLimits, verifyReplay, type Verified,
} from './proofs.ts'
/** The journal's hash chain, made beside the work. Database faults reject. */
export { readSeals, sealJournal, type SealState } from './seal-journal.ts'
export { verifySeals, type KeptSeal } from './verify-seals.ts'
/** The journal as a file, and a reader that checks one. Errors: account_not_found. */
export { exportJournal, journalFormats, type Exported } from './export-journal.ts'
export type { JournalFormatName, JournalSelection, WritePiece } from './export-journal.ts'
export { createJournalReader, readJournal, type JournalReader } from './journal-reader.ts'
export type { JournalReport } from './journal-check.ts'
/** A closed month for the shelf, and a reader that checks such a file apart from any database. */
export { archiveMonth, boundsOfMonth, type ArchivedMonth } from './archive-month.ts'
export { createArchiveReader, type ArchiveReader, type ArchiveReport } from './archive-reader.ts'
