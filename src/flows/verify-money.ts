import { nextLaneNumber } from '#commit'
import type { Sql } from '#database'
import {
  entriesFrom,
  verifyDetails,
  verifyEntries,
  verifyLimits,
  verifyReplay,
  type AccountCode,
  type TrialBalance,
} from '#ledger'
import { formatAmount } from '#money'
import type { Check, Found } from './verify-result.ts'

/** Where customers' money is: cash at banks, on its way to us, and what the fund owes. */
const backing = ['1010', '1020', '1110', '1120', '1210'] as const satisfies AccountCode[]

/**
 * Whose money that is. Customers first; 2110 too, because the bank's advance is repaid out of what
 * the fund owes (1210), and whatever else lies in the reserve for somebody (insurer, unknown
 * payers). Not 2090: what an approved claim comes to is a customer's only once money has arrived
 * for it (then it is 2010), until then it is an insurer's receivable on both sides.
 */
const claimsOnIt = [
  '2010',
  '2020',
  '2040',
  '2050',
  '2060',
  '2070',
  '2080',
  '2110',
  '2120',
  '2121',
  '2130',
] as const satisfies AccountCode[]

/** Balances of a trial balance on each code's own side; codes not in use are 0. */
export function codeBalance(books: TrialBalance, codes: readonly AccountCode[]): bigint {
  return books.lines
    .filter(({ code }) => (codes as readonly string[]).includes(code))
    .reduce((sum, { balance }) => sum + balance, 0n)
}

export function countAccounts(books: TrialBalance, codes?: readonly AccountCode[]): number {
  return books.lines
    .filter(({ code }) => codes === undefined || (codes as readonly string[]).includes(code))
    .reduce((sum, { accounts }) => sum + accounts, 0)
}

/** I1, I2, I3, I8, I10: what the ledger proves by itself. */
export function moneyChecks(books: TrialBalance): Check[] {
  return [
    { id: 'I1', find: verifyJournal },
    { id: 'I2', find: async () => verifyBalance(books) },
    { id: 'I3', find: async () => verifyBacking(books) },
    { id: 'I8', find: verifyLimits },
    { id: 'I10', find: verifyReplay },
  ]
}

async function verifyJournal(sql: Sql): Promise<Found> {
  const entries = await verifyEntries(sql)
  const details = await verifyDetails(sql)
  const early = await entriesFrom(sql, await nextLaneNumber(sql))
  const broken = [
    ...entries.broken,
    ...details.broken,
    ...early.map((number) => `entry ${number} has a number that nobody was given yet`),
  ]
  return { checked: entries.checked, broken }
}

function verifyBalance(books: TrialBalance): Found {
  const broken = books.books
    .filter(({ difference }) => difference !== 0n)
    .map(({ book, difference }) => `book ${book} is off by ${formatAmount(difference)}`)
  return { checked: countAccounts(books), broken }
}

function verifyBacking(books: TrialBalance): Found {
  const missing = codeBalance(books, claimsOnIt) - codeBalance(books, backing)
  const broken = missing > 0n ? [`${formatAmount(missing)} of customers' money is not there`] : []
  return { checked: countAccounts(books, claimsOnIt), broken }
}
