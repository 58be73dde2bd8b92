import type { LocalDate } from '#kernel'

/** A bank's statement as it was read from a file, whatever the format. */
export interface BankStatement {
  readonly format: 'csv' | 'camt.053'
  /** What the file calls the account; null when it does not say. */
  readonly account: string | null
  /** Both included. */
  readonly from: LocalDate
  readonly to: LocalDate
  /** Fen; null when the file does not say. */
  readonly opening: bigint | null
  readonly closing: bigint | null
  readonly lines: readonly StatementLine[]
}

export interface StatementLine {
  /** 1, 2, 3 … within the statement. */
  readonly number: number
  readonly date: LocalDate
  /** Fen; positive: money that came in. Never 0. */
  readonly amount: bigint
  readonly reference: string | null
  readonly counterparty: string | null
  readonly text: string | null
}

/** What is wrong with a file, and where; nothing of such a file is used. */
export interface StatementFault {
  /** Of the file, from 1. */
  readonly line: number
  readonly field: string
  readonly code: FaultCode
}

export const faultCodes = [
  'not_utf8',
  'file_too_large',
  'format_unknown',
  'quote_unclosed',
  'quote_misplaced',
  'directive_unknown',
  'directive_twice',
  'column_unknown',
  'column_twice',
  'column_missing',
  'too_few_fields',
  'too_many_fields',
  'field_missing',
  'text_too_long',
  'date_malformed',
  'amount_malformed',
  'amount_too_precise',
  'amount_out_of_range',
  'amount_zero',
  'currency_unknown',
  'outside_period',
  'period_backwards',
  'period_missing',
  'balance_wrong',
  'too_many_lines',
  'xml_malformed',
  'xml_refused',
  'element_missing',
  'element_twice',
  'value_unknown',
] as const
export type FaultCode = (typeof faultCodes)[number]

/** Reading goes on after a fault, so that a bad file is put right in one go. */
export const mostFaults = 100
export const mostLines = 50_000
export const mostBytes = 64 * 1024 * 1024
/** Characters of a reference, a counterparty or a text. */
export const longestText = 500
