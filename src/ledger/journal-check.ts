/** What reading a journal file came to; a sound one has no faults. */
export interface JournalReport {
  readonly accounts: number
  readonly entries: number
  readonly postings: number
  /** Balances that the file states; each was compared. */
  readonly balances: number
  /** Each with its line; at most 20. */
  readonly faults: readonly string[]
}

/** An amount as it stands in a file: hundredths of a commodity. */
export interface StatedAmount {
  readonly hundredths: bigint
  readonly commodity: string
}

/**
 * What is checked in every format: entries balance in each book and commodity, every balance
 * stated is true, dates do not go back, accounts and commodities are declared, nothing is cut off.
 */
export interface JournalCheck {
  /** Called before each line is read. */
  nextLine(): void
  fault(what: string): void
  commodity(name: string): void
  account(name: string): void
  /** `counted`: an entry of the ledger, not one that only states balances. */
  beginEntry(date: string, counted: boolean): void
  post(account: string, moved: StatedAmount): void
  endEntry(): void
  /** At this place of the file. */
  assertBalance(account: string, stated: StatedAmount): void
  /** The file's last line: accounts, entries, postings. */
  trailer(written: readonly string[]): void
  end(): JournalReport
  readonly latest: string
}

interface OpenEntry {
  readonly line: number
  readonly counted: boolean
  readonly sums: Map<string, bigint>
}

const most = 20

/** `bookOf` finds the book in an account's name. Memory grows with accounts, not with entries. */
export function createJournalCheck(bookOf: (account: string) => string): JournalCheck {
  const commodities = new Set<string>()
  const accounts = new Set<string>()
  const held = new Map<string, bigint>()
  const faults: string[] = []
  const count = { entries: 0, postings: 0, balances: 0 }
  let line = 0
  let latest = ''
  let open: OpenEntry | null = null
  let complete = false

  function fault(what: string, at = line): void {
    if (faults.length < most) faults.push(`line ${at}: ${what}`)
  }
  function known(account: string, { commodity }: StatedAmount): string {
    if (!accounts.has(account)) fault(`account ${account} is not declared`)
    if (!commodities.has(commodity)) fault(`commodity ${commodity} is not declared`)
    return `${account} ${commodity}`
  }
  function endEntry(): void {
    if (open === null) return
    for (const [where, sum] of open.sums) {
      if (sum !== 0n) fault(`entry is off by ${sum} hundredths of ${where}`, open.line)
    }
    if (open.sums.size === 0) fault('entry without postings', open.line)
    open = null
  }

  return {
    get latest() {
      return latest
    },
    nextLine: () => void (line += 1),
    fault: (what) => fault(what),
    commodity: (name) => void commodities.add(name),
    account(name) {
      if (accounts.has(name)) fault(`account ${name} is declared twice`)
      accounts.add(name)
    },
    beginEntry(date, counted) {
      endEntry()
      if (date < latest) fault(`${date} comes after ${latest}`)
      latest = date
      if (counted) count.entries += 1
      open = { line, counted, sums: new Map() }
    },
    post(account, moved) {
      if (open === null) return fault('posting outside an entry')
      const place = known(account, moved)
      held.set(place, (held.get(place) ?? 0n) + moved.hundredths)
      const where = `${moved.commodity} in ${bookOf(account)}`
      open.sums.set(where, (open.sums.get(where) ?? 0n) + moved.hundredths)
      if (open.counted) count.postings += 1
    },
    endEntry,
    assertBalance(account, stated) {
      const place = known(account, stated)
      const balance = held.get(place) ?? 0n
      const { hundredths } = stated
      count.balances += 1
      if (balance !== hundredths) fault(`${place} is ${balance}, stated ${hundredths} hundredths`)
      // The next fault of this account is a new one, not this one told again on later lines.
      held.set(place, hundredths)
    },
    trailer(written) {
      const read = [accounts.size, count.entries, count.postings].join(', ')
      const stated = written.join(', ')
      if (stated !== read) fault(`read ${read} of accounts, entries, postings: not ${stated}`)
      complete = true
    },
    end() {
      endEntry()
      if (!complete) fault('the file is cut off')
      return { accounts: accounts.size, ...count, faults }
    },
  }
}

/** From the sign, the digits before the point and the two behind it. */
export function hundredthsOf(sign = '', whole = '0', part = '0'): bigint {
  const size = BigInt(whole) * 100n + BigInt(part)
  return sign === '-' ? -size : size
}
