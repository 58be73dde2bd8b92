import { createBeancountReading } from './beancount-reader.ts'
import type { JournalFormatName } from './export-journal.ts'
import { bookInHledger, readHledgerLine } from './hledger-reader.ts'
import { createJournalCheck, type JournalReport } from './journal-check.ts'

/** Reads a journal file line by line, in memory that does not grow with the number of entries. */
export interface JournalReader {
  line(text: string): void
  end(): JournalReport
}

/**
 * Checks an exported journal again, apart from the program that wrote it: knows nothing of the
 * ledger, only the file's format.
 */
export function createJournalReader(format: JournalFormatName): JournalReader {
  const beancount = format === 'beancount' ? createBeancountReading() : null
  const check = createJournalCheck(beancount?.bookOf ?? bookInHledger)
  return {
    line(text) {
      check.nextLine()
      if (beancount === null) readHledgerLine(check, text)
      else beancount.line(check, text)
    },
    end() {
      beancount?.end(check)
      return check.end()
    },
  }
}

/** Checks a whole file at once. */
export function readJournal(text: string, format: JournalFormatName): JournalReport {
  const reader = createJournalReader(format)
  for (const line of text.replace(/\n$/, '').split('\n')) reader.line(line)
  return reader.end()
}
