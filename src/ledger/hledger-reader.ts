/** What reading a journal file came to; a sound one has no faults. */
export interface JournalReport {
  readonly accounts: number
  readonly entries: number
  readonly postings: number
  /** Each with its line; at most 20. */
  readonly faults: readonly string[]
}

/** Reads a journal file line by line, in memory that does not grow with the number of entries. */
export interface JournalReader {
  line(text: string): void
  end(): JournalReport
}

interface OpenEntry {
  readonly line: number
  readonly isClosing: boolean
  readonly sums: Map<string, bigint>
}

interface Reading {
  readonly commodities: Set<string>
  readonly accounts: Set<string>
  readonly balances: Map<string, bigint>
  readonly faults: string[]
  line: number
  entries: number
  postings: number
  latest: string
  open: OpenEntry | null
  complete: boolean
}

const most = 20
const dated = /^(\d{4}-\d{2}-\d{2}) [*!] ?(?:\([^)]*\) ?)?(.*)$/
const amount = String.raw`(-?)(\d+)\.(\d{2}) ([A-Z]+)`
const posting = new RegExp(String.raw`^ {4}(\S+)  ${amount} = ${amount}$`)
const trailer = /^; (\d+) accounts, (\d+) entries, (\d+) postings$/
const silent = /^$|^;|^ {4}(format |;)/

/**
 * Checks an exported journal again, apart from the program that wrote it: knows nothing of the
 * ledger, only the file's format. Entries balance in each commodity, every balance assertion
 * holds, dates do not go back, accounts and commodities are declared, nothing is cut off.
 */
export function createJournalReader(): JournalReader {
  const reading: Reading = {
    commodities: new Set(),
    accounts: new Set(),
    balances: new Map(),
    faults: [],
    line: 0,
    entries: 0,
    postings: 0,
    latest: '',
    open: null,
    complete: false,
  }
  return {
    line: (text) => readLine(reading, text),
    end() {
      endEntry(reading)
      if (!reading.complete) fault(reading, 'the file is cut off')
      const { accounts, entries, postings, faults } = reading
      return { accounts: accounts.size, entries, postings, faults }
    },
  }
}

/** Checks a whole file at once. */
export function readJournal(text: string): JournalReport {
  const reader = createJournalReader()
  for (const line of text.replace(/\n$/, '').split('\n')) reader.line(line)
  return reader.end()
}

function readLine(reading: Reading, text: string): void {
  reading.line += 1
  const posted = posting.exec(text)
  if (posted !== null) return post(reading, posted)
  endEntry(reading)
  const entry = dated.exec(text)
  const last = trailer.exec(text)
  if (entry !== null) beginEntry(reading, entry)
  else if (last !== null) checkEnd(reading, last)
  else if (!silent.test(text)) declare(reading, text)
}

function fault(reading: Reading, what: string, line = reading.line): void {
  if (reading.faults.length < most) reading.faults.push(`line ${line}: ${what}`)
}

function declare(reading: Reading, text: string): void {
  const [directive, name = ''] = text.split(/\s+/, 2)
  if (directive === 'commodity') reading.commodities.add(name)
  else if (directive === 'account') reading.accounts.add(name)
  else fault(reading, `not understood: ${text.slice(0, 60)}`)
}

function beginEntry(reading: Reading, [, date = '', description]: RegExpExecArray): void {
  if (date < reading.latest) fault(reading, `${date} comes after ${reading.latest}`)
  reading.latest = date
  const isClosing = description === 'closing balances'
  if (!isClosing) reading.entries += 1
  reading.open = { line: reading.line, isClosing, sums: new Map() }
}

function post(reading: Reading, match: RegExpExecArray): void {
  const [, account = '', sign, whole, part, commodity = '', ...asserted] = match
  const { open, accounts, commodities, balances } = reading
  if (open === null) return fault(reading, 'posting outside an entry')
  if (!accounts.has(account)) fault(reading, `account ${account} is not declared`)
  if (!commodities.has(commodity)) fault(reading, `commodity ${commodity} is not declared`)
  if (asserted[3] !== commodity) fault(reading, 'asserted in another commodity')
  const moved = hundredths(sign, whole, part)
  const stated = hundredths(asserted[0], asserted[1], asserted[2])
  const balance = (balances.get(account) ?? 0n) + moved
  if (balance !== stated) fault(reading, `${account} is ${balance}, asserted ${stated} hundredths`)
  // The next fault of this account is a new one, not this one told again on every later line.
  balances.set(account, stated)
  open.sums.set(commodity, (open.sums.get(commodity) ?? 0n) + moved)
  if (!open.isClosing) reading.postings += 1
}

function endEntry(reading: Reading): void {
  const { open } = reading
  if (open === null) return
  for (const [commodity, sum] of open.sums) {
    if (sum === 0n) continue
    fault(reading, `entry is off by ${sum} hundredths of ${commodity}`, open.line)
  }
  if (open.sums.size === 0) fault(reading, 'entry without postings', open.line)
  reading.open = null
}

function checkEnd(reading: Reading, match: RegExpExecArray): void {
  const written = match.slice(1, 4).join(', ')
  const read = [reading.accounts.size, reading.entries, reading.postings].join(', ')
  if (written !== read)
    fault(reading, `read ${read} of accounts, entries, postings: not ${written}`)
  reading.complete = true
}

function hundredths(sign = '', whole = '0', part = '0'): bigint {
  const size = BigInt(whole) * 100n + BigInt(part)
  return sign === '-' ? -size : size
}
