import { hundredthsOf, type JournalCheck, type StatedAmount } from './journal-check.ts'

const dated = /^(\d{4}-\d{2}-\d{2}) [*!] ?(?:\([^)]*\) ?)?(.*)$/
const amount = String.raw`(-?)(\d+)\.(\d{2}) ([A-Z]+)`
const posting = new RegExp(String.raw`^ {4}(\S+)  ${amount}(?: = ${amount})?$`)
const trailer = /^; (\d+) accounts, (\d+) entries, (\d+) postings$/
const silent = /^$|^;|^ {4}(format |;)/
const ownEntries = new Set(['opening balances', 'closing balances'])

/** `OP` of `OP:2010:cus_x`. */
export function bookInHledger(account: string): string {
  return account.split(':', 1)[0] ?? ''
}

/** Reads a line of a file for hledger or ledger; a balance is stated behind a posting's amount. */
export function readHledgerLine(check: JournalCheck, text: string): void {
  const posted = posting.exec(text)
  if (posted !== null) return post(check, posted)
  check.endEntry()
  const entry = dated.exec(text)
  const last = trailer.exec(text)
  if (entry !== null) check.beginEntry(entry[1] ?? '', !ownEntries.has(entry[2] ?? ''))
  else if (last !== null) check.trailer(last.slice(1, 4))
  else if (!silent.test(text)) declare(check, text)
}

function post(check: JournalCheck, match: RegExpExecArray): void {
  const account = match[1] ?? ''
  const moved = amountOf(match.slice(2, 6))
  check.post(account, moved)
  if (match[8] === undefined) return
  const stated = amountOf(match.slice(6, 10))
  if (stated.commodity !== moved.commodity) check.fault('stated in another commodity')
  check.assertBalance(account, stated)
}

function amountOf([sign, whole, part, commodity = '']: string[]): StatedAmount {
  return { hundredths: hundredthsOf(sign, whole, part), commodity }
}

function declare(check: JournalCheck, text: string): void {
  const [directive, name = ''] = text.split(/\s+/, 2)
  if (directive === 'commodity') check.commodity(name)
  else if (directive === 'account') check.account(name)
  else check.fault(`not understood: ${text.slice(0, 60)}`)
}
