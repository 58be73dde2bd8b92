import { createHash } from 'node:crypto'
import type { ArchivedMonth } from './archive-month.ts'
import { chart } from './chart.ts'

/** What reading an archive came to; a sound one has no faults. */
export interface ArchiveReport extends Omit<ArchivedMonth, 'sha256'> {
  /** Each with its line; at most 20. */
  readonly faults: readonly string[]
}

/** Reads an archive line by line; memory grows with the number of accounts only. */
export interface ArchiveReader {
  line(text: string): void
  end(): ArchiveReport
}

/** Where an account stands: its last posting's number and what that left. */
interface Place {
  seq: bigint
  balance: bigint
  closed: boolean
}

interface Reading {
  readonly hash: ReturnType<typeof createHash>
  readonly accounts: Map<string, Place>
  readonly faults: string[]
  line: number
  section: (typeof order)[number]
  month: string
  /** As PostgreSQL and we write it in UTC, so that texts compare as moments do. */
  from: string
  to: string
  entry: { number: bigint; sums: Map<string, bigint>; postings: number } | null
  /** The first entry's number. */
  first: bigint | null
  latest: string
  entries: number
  postings: number
  details: number
  closings: number
}

const most = 20
const order = ['header', 'opening', 'entries', 'details', 'closing', 'end'] as const
type Fields = Readonly<Record<string, string | undefined>>

/**
 * Checks an archived month by itself, apart from the program that wrote it and from any database:
 * nothing is cut off or altered; what the accounts had before adds up to 0 in each book; each entry
 * lies in the month and balances; each account's postings have no gap, each leaving the balance
 * before plus its amount; and what the accounts have after the month is what that comes to.
 */
export function createArchiveReader(): ArchiveReader {
  const reading: Reading = {
    hash: createHash('sha256'),
    accounts: new Map(),
    faults: [],
    line: 0,
    section: 'header',
    month: '',
    from: '',
    to: '',
    entry: null,
    first: null,
    latest: '',
    entries: 0,
    postings: 0,
    details: 0,
    closings: 0,
  }
  return {
    line(text) {
      reading.line += 1
      const [kind, fields] = parse(text)
      if (kind !== 'end') reading.hash.update(`${text}\n`)
      const reader = readers[kind]
      if (reader === undefined) fault(reading, 'this is no line of an archive')
      else reader(reading, fields)
    },
    end() {
      if (reading.section !== 'end') fault(reading, 'the file is cut off')
      const { month, accounts, entries, postings, details, faults } = reading
      return { month, accounts: accounts.size, entries, postings, details, faults }
    },
  }
}

/** A line's one name and its fields as texts; nothing in a file makes this throw. */
function parse(text: string): [kind: string, fields: Fields] {
  try {
    const [[kind, value] = ['', null]] = Object.entries(JSON.parse(text) as object)
    if (typeof value !== 'object' || value === null) return ['', {}]
    const fields: Record<string, string> = {}
    for (const [name, field] of Object.entries(value as object)) {
      if (typeof field === 'string' || typeof field === 'number') fields[name] = String(field)
    }
    return [Object.hasOwn(readers, kind) ? kind : '', fields]
  } catch {
    return ['', {}]
  }
}

const readers: Readonly<Record<string, (reading: Reading, fields: Fields) => void>> = {
  archive(reading, { version, month, from, to }) {
    if (reading.line !== 1) fault(reading, 'a second header')
    if (Number(version) !== 1) fault(reading, `version ${version} is not known`)
    Object.assign(reading, { month: month ?? '', from: moment(from), to: moment(to) })
  },
  opening(reading, { account = '', seq, balance }) {
    enter(reading, 'opening')
    if (reading.accounts.has(account)) fault(reading, `account ${account} is there twice`)
    const place = { seq: whole(reading, seq), balance: whole(reading, balance), closed: false }
    reading.accounts.set(account, place)
  },
  entry(reading, { number, at }) {
    enter(reading, 'entries')
    endEntry(reading)
    const own = whole(reading, number)
    const when = moment(at)
    reading.first ??= own
    if (reading.entry !== null && own <= reading.entry.number) fault(reading, 'numbers go back')
    if (when < reading.from || when >= reading.to) fault(reading, `${at} is not in the month`)
    if (when < reading.latest) fault(reading, 'time goes back')
    reading.latest = when
    reading.entry = { number: own, sums: new Map(), postings: 0 }
    reading.entries += 1
  },
  posting: readPosting,
  detail(reading, { table, entry }) {
    enter(reading, 'details')
    reading.details += 1
    const own = whole(reading, entry)
    const { first, entry: last } = reading
    if (first === null || last === null || own < first || own > last.number) {
      fault(reading, `${table}: entry ${own} is not in the file`)
    }
  },
  closing(reading, { account = '', seq, balance }) {
    enter(reading, 'closing')
    reading.closings += 1
    const place = reading.accounts.get(account)
    if (place === undefined || place.closed) {
      fault(reading, `account ${account} is there twice, or has no posting`)
      return
    }
    place.closed = true
    if (place.seq !== whole(reading, seq) || place.balance !== whole(reading, balance)) {
      fault(reading, `account ${account} comes to ${place.balance} (posting ${place.seq})`)
    }
  },
  end(reading, { accounts, entries, postings, details, sha256 }) {
    enter(reading, 'closing')
    const counted = [reading.closings, reading.entries, reading.postings, reading.details].join()
    if ([accounts, entries, postings, details].join() !== counted)
      fault(reading, 'lines are missing')
    if (reading.closings !== reading.accounts.size) fault(reading, 'accounts are missing')
    if (reading.hash.copy().digest('hex') !== sha256) fault(reading, 'the checksum is another')
    reading.section = 'end'
  },
}

function readPosting(reading: Reading, fields: Fields): void {
  const { account = '', entry, seq, amount, balance } = fields
  const { entry: open } = reading
  if (reading.section !== 'entries' || open === null || open.number !== whole(reading, entry)) {
    fault(reading, `posting ${seq} of ${account} stands under another entry`)
    return
  }
  reading.postings += 1
  open.postings += 1
  const moved = whole(reading, amount)
  const place = reading.accounts.get(account) ?? { seq: 0n, balance: 0n, closed: false }
  place.seq += 1n
  place.balance += moved
  reading.accounts.set(account, place)
  if (place.seq !== whole(reading, seq))
    fault(reading, `${account}: posting ${place.seq} is missing`)
  if (place.balance !== whole(reading, balance)) fault(reading, `${account}: not ${balance}`)
  // On from what the file says, so that one fault is told once.
  Object.assign(place, { seq: whole(reading, seq), balance: whole(reading, balance) })
  const book = bookOf(account)
  open.sums.set(book, (open.sums.get(book) ?? 0n) + moved)
}

/** Sections come in one order; what a section proves is looked at when it ends. */
function enter(reading: Reading, section: Reading['section']): void {
  if (reading.section === section) return
  if (order.indexOf(section) < order.indexOf(reading.section)) fault(reading, 'out of order')
  if (reading.line === 1) fault(reading, 'the header is missing')
  if (reading.section === 'header' || reading.section === 'opening') balanceBooks(reading)
  if (section === 'closing') {
    endEntry(reading)
    balanceBooks(reading)
  }
  reading.section = section
}

function endEntry(reading: Reading): void {
  const { entry } = reading
  if (entry === null) return
  if (entry.postings < 2) fault(reading, `entry ${entry.number} lacks postings`)
  for (const [book, sum] of entry.sums) {
    if (sum !== 0n) fault(reading, `entry ${entry.number} is off by ${sum} in book ${book}`)
  }
  entry.sums.clear()
}

function balanceBooks(reading: Reading): void {
  const sums = new Map<string, bigint>()
  for (const [account, { balance }] of reading.accounts) {
    const book = bookOf(account)
    sums.set(book, (sums.get(book) ?? 0n) + balance)
  }
  for (const [book, sum] of sums) {
    if (sum !== 0n) fault(reading, `book ${book} is off by ${sum} here`)
  }
}

function bookOf(account: string): string {
  return chart.get(account.split(':')[0] ?? '')?.book ?? `of ${account}`
}

function whole(reading: Reading, text: string | undefined): bigint {
  if (text !== undefined && /^-?\d{1,19}$/.test(text)) return BigInt(text)
  fault(reading, `${text} is not a whole number`)
  return 0n
}

/** `2014-07-01T00:00:00.000Z` and `2014-07-01T00:00:00+00:00` are one moment: to microseconds. */
function moment(text: string | undefined): string {
  const parts = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,6}))?(?:Z|\+00:00)$/.exec(text ?? '')
  return parts === null ? '' : `${parts[1]}.${(parts[2] ?? '').padEnd(6, '0')}`
}

function fault({ faults, line }: Reading, what: string): void {
  if (faults.length < most) faults.push(`line ${line}: ${what}`)
}
