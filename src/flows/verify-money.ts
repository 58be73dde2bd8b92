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
import { resultOf, type InvariantResult } from './verify-result.ts'

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
export async function verifyMoney(sql: Sql, books: TrialBalance): Promise<InvariantResult[]> {
  const unbalanced = books.books
    .filter(({ difference }) => difference !== 0n)
    .map(({ book, difference }) => `book ${book} is off by ${formatAmount(difference)}`)
  const entries = await verifyEntries(sql)
  const early = await entriesFrom(sql, await nextLaneNumber(sql))
  const missing = codeBalance(books, claimsOnIt) - codeBalance(books, backing)
  return [
    resultOf('I1', {
      checked: entries.checked,
      broken: [
        ...entries.broken,
        ...(await verifyDetails(sql)).broken,
        ...early.map((number) => `entry ${number} has a number that nobody was given yet`),
      ],
    }),
    resultOf('I2', { checked: countAccounts(books), broken: unbalanced }),
    resultOf('I3', {
      checked: countAccounts(books, claimsOnIt),
      broken: missing > 0n ? [`${formatAmount(missing)} of customers' money is not there`] : [],
    }),
    resultOf('I8', await verifyLimits(sql)),
    resultOf('I10', await verifyReplay(sql)),
  ]
}
