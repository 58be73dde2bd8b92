import { addDays, localDateOf } from '#kernel'
import { formatAmount } from '#money'
import { journalAccount, journalAmount, type JournalFormat } from './journal-format.ts'

/**
 * beancount states balances at the beginning of a day, so each one is dated the day after. The
 * tolerance of zero is needed: without it a balance of two decimals may be wrong by 0.01.
 */
export const beancountFormat: JournalFormat = {
  postingsAssert: false,
  header: (about) => `; Coffer's journal for beancount. ${about}
; OP operator's books, REG unit register, FUND mirror of the fund, MEMO reminders.

option "title" "Coffer"
option "operating_currency" "CNY"

1970-01-01 commodity CNY
1970-01-01 commodity UNIT

`,
  account: ({ id, openedAt }) => {
    const { name, commodity } = journalAccount(id)
    return `${localDateOf(openedAt)} open ${nameOf(id)} ${commodity}
  account: "${plain(id)}"
  name: "${plain(name)}"
`
  },
  entry: ({ number, date, kind, ref }) =>
    `${date} * "${plain(kind)}" "${plain(ref)}"\n${number === null ? '' : `  entry: ${number}\n`}`,
  posting: ({ account, amount }) =>
    `  ${nameOf(account)}  ${journalAmount(journalAccount(account), amount)}\n`,
  balances: (date, rows) => {
    const next = addDays(date, 1)
    const lines = rows.map(({ account, balance }) => {
      const { commodity } = journalAccount(account)
      return `${next} balance ${nameOf(account)}  ${formatAmount(balance)} ~ 0.00 ${commodity}\n`
    })
    return `${lines.join('')}\n`
  },
}

/** `Liabilities:OP:2010:Cus-x`: beancount knows five roots, and letters, digits and dashes. */
function nameOf(id: string): string {
  const { book, code, owner, side } = journalAccount(id)
  const own = owner === null ? [] : [componentOf(owner)]
  return [rootOf(code, side), book, capital(code), ...own].join(':')
}

function rootOf(code: string, side: 'debit' | 'credit'): string {
  if (code === 'opening' || code.startsWith('3') || code === 'F300') return 'Equity'
  if (code.startsWith('4') || code === 'F401') return 'Income'
  if (code.startsWith('5')) return 'Expenses'
  return side === 'debit' ? 'Assets' : 'Liabilities'
}

/** Two owners never get one name: ids of ours keep their letters, others become hexadecimal. */
function componentOf(owner: string): string {
  if (/^[a-z]+_[A-Za-z0-9]+$/.test(owner)) return capital(owner.replace('_', '-'))
  return `X${Buffer.from(owner, 'utf8').toString('hex')}`
}

function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1)
}

/** Fit for a string between quotation marks. */
function plain(text: string): string {
  return text.replace(/["\\\s]+/g, ' ').trim()
}
