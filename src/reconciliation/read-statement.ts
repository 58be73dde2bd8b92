import { fail, type Result } from '#kernel'
import { mostBytes, type BankStatement, type StatementFault } from './bank-statement.ts'
import { readCamtStatement } from './read-camt-statement.ts'
import { readCsvStatement } from './read-csv-statement.ts'

/** Reads a bank's file: what begins with `<` is camt.053, all else CSV. Pure; never throws. */
export function readStatement(bytes: Uint8Array): Result<BankStatement, readonly StatementFault[]> {
  const refuse = (code: 'not_utf8' | 'file_too_large') => fail([{ line: 1, field: 'file', code }])
  if (bytes.length > mostBytes) return refuse('file_too_large')
  const text = decode(bytes)
  if (text === null) return refuse('not_utf8')
  return /^\uFEFF?\s*</.test(text) ? readCamtStatement(text) : readCsvStatement(text)
}

function decode(bytes: Uint8Array): string | null {
  try {
    // Keeps the mark at the beginning, so that line and column stay the file's.
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return null
  }
}
