import { journalAccount, journalAmount, type JournalFormat } from './journal-format.ts'

/** hledger and ledger read the same lines; only the first one names the program. */
export function ledgerFormat(program: 'hledger' | 'ledger'): JournalFormat {
  return {
    postingsAssert: true,
    header: (about) => `; Coffer's journal for ${program}. ${about}
; OP operator's books, REG unit register, FUND mirror of the fund, MEMO reminders.

commodity CNY
    format 1000.00 CNY

commodity UNIT
    format 1000.00 UNIT

`,
    account: ({ id }) => `account ${nameOf(id)}\n    ; ${journalAccount(id).name}\n`,
    entry: ({ number, date, kind, ref }) =>
      `${date} * ${number === null ? '' : `(${number}) `}${plain(`${kind} ${ref}`)}\n`,
    posting,
    // An entry that moves nothing: a balance can be stated only by a posting.
    balances: (date, rows) => {
      const lines = rows.map((row) => posting({ ...row, amount: 0n }))
      return `${date} * closing balances\n${lines.join('')}\n`
    },
  }
}

const posting: JournalFormat['posting'] = ({ account, amount, balance }) => {
  const subject = journalAccount(account)
  const stated = balance === null ? '' : ` = ${journalAmount(subject, balance)}`
  return `    ${nameOf(account)}  ${journalAmount(subject, amount)}${stated}\n`
}

/** `OP:2010:cus_x`. */
function nameOf(id: string): string {
  const { book, code, owner } = journalAccount(id)
  return [book, code, ...(owner === null ? [] : [owner])].join(':')
}

/** A description of one line, without the signs that begin a comment or a note. */
function plain(text: string): string {
  return text.replace(/[;|\s]+/g, ' ').trim()
}
