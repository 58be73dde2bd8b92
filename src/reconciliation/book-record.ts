import { defineLog, defineRecord, keyOf, type Key } from '#commit'
import type { Instant, LocalDate } from '#kernel'
import type { BankStatement } from './bank-statement.ts'

/** How far one ledger account has been compared with its bank. */
export interface Book {
  /** The ledger account. */
  readonly account: string
  /** Grows with every run: a run decided on an older one is refused. */
  readonly version: bigint
  /** First and last day that statements cover; breaks of ours lie between them. */
  readonly coveredFrom: LocalDate
  readonly coveredTo: LocalDate
  /** Nothing before this day waits to be matched. */
  readonly openSince: LocalDate
}

export const book = defineRecord<Book>({
  name: 'reconciliation.book',
  key: 'account',
  fields: {
    account: 'text',
    version: 'bigint',
    coveredFrom: 'text',
    coveredTo: 'text',
    openSince: 'text',
  },
})

export function bookKey(accountId: string): Key {
  return keyOf(book, accountId)
}

/** A file that was imported, once; its lines are rows of `lineLog`. */
export interface ImportedStatement {
  /** The file's name: the same name never means other bytes. */
  readonly name: string
  readonly account: string
  readonly format: BankStatement['format']
  /** SHA-256 of the file's bytes. */
  readonly digest: string
  readonly fromDate: LocalDate
  readonly toDate: LocalDate
  readonly opening: bigint | null
  readonly closing: bigint | null
  readonly lines: number
  readonly importedAt: Instant
}

export const importedStatement = defineRecord<ImportedStatement>({
  name: 'reconciliation.statement',
  key: 'name',
  fields: {
    name: 'text',
    account: 'text',
    format: 'text',
    digest: 'text',
    fromDate: 'text',
    toDate: 'text',
    opening: 'bigint',
    closing: 'bigint',
    lines: 'integer',
    importedAt: 'instant',
  },
  shortLived: true,
})

export function statementKey(name: string): Key {
  return keyOf(importedStatement, name)
}

export interface LineRow {
  /** `<statement>#<number>`. */
  readonly id: string
  readonly statement: string
  readonly number: number
  readonly account: string
  readonly date: LocalDate
  readonly amount: bigint
  readonly reference: string | null
  readonly counterparty: string | null
  readonly text: string | null
}

export const lineLog = defineLog<LineRow>({
  name: 'reconciliation.line',
  fields: {
    id: 'text',
    statement: 'text',
    number: 'integer',
    account: 'text',
    date: 'text',
    amount: 'bigint',
    reference: 'text',
    counterparty: 'text',
    text: 'text',
  },
})

/** One line or one posting that is explained, for good. */
export interface MatchedRow {
  readonly account: string
  /** A line's id, or `@<seq>` of a posting of the account. */
  readonly member: string
  /** Of the posting; null for a line. */
  readonly seq: bigint | null
  /** The members of one match share it: the first of its members. */
  readonly match: string
  readonly way: 'reference' | 'amount' | 'group' | 'late' | 'suspense'
  /** Fen, of the whole match: lines minus postings. */
  readonly difference: bigint
  readonly at: Instant
}

export const matchedLog = defineLog<MatchedRow>({
  name: 'reconciliation.matched',
  fields: {
    account: 'text',
    member: 'text',
    seq: 'bigint',
    match: 'text',
    way: 'text',
    difference: 'bigint',
    at: 'instant',
  },
})

export function lineId(statement: string, number: number): string {
  return `${statement}#${number}`
}

export function postingId(seq: bigint): string {
  return `@${seq}`
}

/** The other way round; null for a line's id. */
export function seqOf(member: string): bigint | null {
  return member.startsWith('@') ? BigInt(member.slice(1)) : null
}
