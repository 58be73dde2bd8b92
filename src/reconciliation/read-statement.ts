import { fail, type Result } from '#kernel'
import { mostBytes, type BankStatement, type StatementFault } from './bank-statement.ts'
import { readCsvStatement } from './read-csv-statement.ts'

/** Reads a bank's file, whichever of the formats it is in. Pure; never throws. */
export function readStatement(bytes: Uint8Array): Result<BankStatement, readonly StatementFault[]> {
  const refuse = (code: 'not_utf8' | 'file_too_large') => fail([{ line: 1, field: 'file', code }])
  if (bytes.length > mostBytes) return refuse('file_too_large')
  const text = decode(bytes)
  return text === null ? refuse('not_utf8') : readCsvStatement(text)
}

function decode(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return null
  }
}
