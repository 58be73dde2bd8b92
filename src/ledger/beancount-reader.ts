import { hundredthsOf, type JournalCheck } from './journal-check.ts'

const dated = /^(\d{4}-\d{2}-\d{2}) (\S+)(?: (.*))?$/
const amount = String.raw`(-?)(\d+)\.(\d{2})`
const posting = new RegExp(String.raw`^ {2}(\S+)  ${amount} ([A-Z]+)$`)
const balance = new RegExp(String.raw`^(\S+)  ${amount} ~ 0\.00 ([A-Z]+)$`)
const trailer = /^; (\d+) accounts, (\d+) entries, (\d+) postings$/
const silent = /^$|^;|^option "|^ {2}(entry: \d+|account: "[^"]*"|name: "[^"]*")$/

/** `OP` of `Liabilities:OP:2010:Cus-x`. */
function bookOf(account: string): string {
  return account.split(':', 2)[1] ?? ''
}

/**
 * Reads a file for beancount. There a balance holds at the beginning of its day, wherever it stands
 * in the file; here it must also stand in its place: behind what happened on the days before.
 */
export function createBeancountReading(): {
  readonly bookOf: (account: string) => string
  line(check: JournalCheck, text: string): void
  end(check: JournalCheck): void
} {
  /** Moved since their balances were last stated. */
  const unstated = new Set<string>()
  let stated = ''

  function directive(check: JournalCheck, match: RegExpExecArray): void {
    const [, date = '', what, rest = ''] = match
    check.endEntry()
    if (what === '*') {
      if (date < stated) check.fault(`${date} comes after the balances of ${stated}`)
      check.beginEntry(date, rest !== '"opening" "balances"')
    } else if (what === 'commodity') check.commodity(rest)
    else if (what === 'open') check.account(rest.split(' ', 1)[0] ?? '')
    else if (what === 'balance') state(check, date, rest)
    else check.fault(`not understood: ${match[0].slice(0, 60)}`)
  }
  function state(check: JournalCheck, date: string, text: string): void {
    const match = balance.exec(text)
    if (match === null) return check.fault(`not a balance: ${text.slice(0, 60)}`)
    if (date <= check.latest) check.fault(`balance of ${date} follows ${check.latest}`)
    stated = date
    const [, account = '', sign, whole, part, commodity = ''] = match
    unstated.delete(account)
    check.assertBalance(account, { hundredths: hundredthsOf(sign, whole, part), commodity })
  }

  return {
    bookOf,
    line(check, text) {
      const posted = posting.exec(text)
      const head = posted === null ? dated.exec(text) : null
      const last = trailer.exec(text)
      if (posted !== null) {
        const [, account = '', sign, whole, part, commodity = ''] = posted
        unstated.add(account)
        check.post(account, { hundredths: hundredthsOf(sign, whole, part), commodity })
      } else if (head !== null) directive(check, head)
      else if (last !== null) {
        check.endEntry()
        check.trailer(last.slice(1, 4))
      } else if (!silent.test(text)) check.fault(`not understood: ${text.slice(0, 60)}`)
    },
    end(check) {
      check.endEntry()
      // One account's file states that account's balances only.
      if (stated === '' && unstated.size > 0) check.fault('no balance is stated')
    },
  }
}
