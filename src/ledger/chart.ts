import { invariant } from '#kernel'

/** OP operator's books in CNY · REG unit register · FUND mirror of the fund · MEMO reminders. */
export type Book = 'OP' | 'REG' | 'FUND' | 'MEMO'
export type Side = 'debit' | 'credit'

/** One line of the chart of accounts: what an account with this code is and may do. */
export interface ChartLine {
  readonly name: string
  readonly book: Book
  readonly side: Side
  /** True: its balance never goes below zero on its own side. */
  readonly notNegative: boolean
  /** One account for all ('single') or one for each owner. */
  readonly per: 'single' | 'owner'
  /** Highest balance on its own side in fen, where the chart sets one. */
  readonly ceiling?: bigint
}

type Short = readonly [
  name: string,
  book: Book,
  side: 'D' | 'C',
  limit: 'N' | '-',
  per: 'one' | 'own',
]

/** Money under way from a bank before its confirmation: at most one million yuan in all. */
const topUpInTransitCeiling = 100_000_000n
/** What the advancing bank lends for redemptions before their dealing day: 50 million yuan. */
const facilityCeiling = 5_000_000_000n

const lines = {
  '1010': ['Reserve cash at bank', 'OP', 'D', 'N', 'one'],
  '1020': ['Top-up in transit', 'OP', 'D', 'N', 'one'],
  '1110': ['Fund settlement cash', 'OP', 'D', 'N', 'one'],
  '1120': ['Delivered to custodian, unconfirmed', 'OP', 'D', 'N', 'one'],
  '1210': ['Receivable: fund redemption', 'OP', 'D', 'N', 'one'],
  '1310': ['Receivable: insurer', 'OP', 'D', 'N', 'one'],
  '1320': ['Provisional credits given', 'OP', 'D', 'N', 'one'],
  '1410': ["Operator's own cash", 'OP', 'D', 'N', 'one'],
  '2010': ['Wallet available', 'OP', 'C', 'N', 'own'],
  '2020': ['Wallet held', 'OP', 'C', 'N', 'own'],
  '2040': ['Subscription in transit', 'OP', 'C', 'N', 'own'],
  '2050': ['Redemption payable', 'OP', 'C', 'N', 'own'],
  '2060': ['Withdrawal payable', 'OP', 'C', 'N', 'one'],
  '2070': ['Merchant payable', 'OP', 'C', 'N', 'own'],
  '2080': ['Delayed transfer, recallable', 'OP', 'C', 'N', 'own'],
  '2090': ['Claim payable', 'OP', 'C', 'N', 'own'],
  '2110': ['Advance facility of the bank', 'OP', 'C', 'N', 'one'],
  '2120': ["Insurer's prefunded float", 'OP', 'C', 'N', 'one'],
  '2121': ['Recoveries owed to the insurer', 'OP', 'C', 'N', 'one'],
  '2130': ['Suspense: unidentified receipts', 'OP', 'C', 'N', 'one'],
  '2140': ['Premium payable', 'OP', 'C', 'N', 'one'],
  '3010': ["Operator's equity", 'OP', 'C', '-', 'one'],
  '4010': ['Fee income', 'OP', 'C', '-', 'one'],
  '5010': ['Insurance premium', 'OP', 'D', '-', 'one'],
  '5020': ['Bank fees', 'OP', 'D', '-', 'one'],
  '5030': ['Uninsured loss', 'OP', 'D', '-', 'one'],
  '5040': ['Rounding', 'OP', 'D', '-', 'one'],
  R100: ['Units outstanding', 'REG', 'D', 'N', 'one'],
  R201: ['Units available', 'REG', 'C', 'N', 'own'],
  R202: ['Units held', 'REG', 'C', 'N', 'own'],
  R203: ['Units with redemption pending', 'REG', 'C', 'N', 'own'],
  R204: ["Units fast-redeemed: the bank's principal", 'REG', 'C', 'N', 'one'],
  R205: ["Units fast-redeemed: the bank's income", 'REG', 'C', 'N', 'one'],
  F101: ['Fund custody cash', 'FUND', 'D', '-', 'one'],
  F102: ['Fund investments', 'FUND', 'D', '-', 'one'],
  F201: ['Fund redemption payable', 'FUND', 'C', 'N', 'one'],
  F300: ['Fund unit equity', 'FUND', 'C', 'N', 'one'],
  F401: ['Fund realised income', 'FUND', 'C', '-', 'one'],
  M900: ['Recoverable per claim', 'MEMO', 'D', 'N', 'own'],
  M901: ['Subrogated to insurer', 'MEMO', 'C', 'N', 'own'],
} as const satisfies Record<string, Short>

export type AccountCode = keyof typeof lines

const ceilings: Partial<Record<AccountCode, bigint>> = {
  '1020': topUpInTransitCeiling,
  '2110': facilityCeiling,
}

/** The chart of accounts: every code there is, with its limits. Source: the product's design. */
export const chart: ReadonlyMap<string, ChartLine> = new Map(
  Object.entries<Short>(lines).map(([code, [name, book, side, limit, per]]) => {
    const ceiling = ceilings[code as AccountCode]
    const line: ChartLine = {
      name,
      book,
      side: side === 'D' ? 'debit' : 'credit',
      notNegative: limit === 'N',
      per: per === 'one' ? 'single' : 'owner',
      ...(ceiling === undefined ? {} : { ceiling }),
    }
    return [code, line]
  }),
)

/** The codes of accounts that exist once; opened at the first start. */
export const singleCodes: readonly AccountCode[] = [...chart]
  .filter(([, line]) => line.per === 'single')
  .map(([code]) => code as AccountCode)

/** The id of an account: `2010:cus_x` for an owner's, `1010` for a single one. */
export function accountId(code: AccountCode, owner?: string): string {
  const line = chart.get(code)
  invariant(line !== undefined, `no account code ${code}`)
  invariant((line.per === 'owner') === (owner !== undefined), `owner of ${code}`)
  return owner === undefined ? code : `${code}:${owner}`
}
