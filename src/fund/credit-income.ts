import type { Command, Key, View } from '#commit'
import {
  addDays,
  invariant,
  required,
  startOfLocalDay,
  type Instant,
  type LocalDate,
} from '#kernel'
import { smaller } from '#money'
import { account, accountId, accountKey, balanceOf, reopenAccount, type Leg } from '#ledger'
import { postAll } from './close-dealing-day.ts'
import { chunkSize } from './confirm-orders.ts'
import { fundDay, fundDayKey, type FundDayRecord } from './day-record.ts'
import { advanceBank } from './advance-bank.ts'
import { per10kIncome, type MilliPercent, type Per10k } from './yield.ts'

/**
 * Takes the day's income from the fund manager, once the day is over. Every later command of the
 * lane is past the day's end, so the units that earned can then be read by a query.
 */
export const declareIncome: Command<
  { date: LocalDate; incomeFen: bigint; managerUnits: bigint },
  FundDayRecord
> = {
  name: 'fund.declare_income',
  reads: ({ date }) => [fundDayKey(date)],
  apply(state, { date, incomeFen, managerUnits }, now) {
    const present = state.get(fundDay, date)
    if (present !== undefined) return present
    invariant(now >= startOfLocalDay(addDays(date, 1)), `day ${date} is over`)
    return put(state, {
      id: date,
      state: 'declared',
      incomeFen,
      managerUnits,
      units: null,
      per10k: null,
      yield7d: null,
      holders: null,
      chunks: null,
      chunksDone: 0,
      creditedFen: 0n,
      declaredAt: now,
      creditedAt: null,
    })
  },
}

export interface SharedDay {
  readonly date: LocalDate
  /** Earning units of all holders at the end of the day, the bank's among them. */
  readonly units: bigint
  readonly holders: number
  readonly yield7d: MilliPercent | null
  /** Holders with a share: only these are credited. */
  readonly shares: number
  /** The first chunk of them, credited at once. */
  readonly first: readonly HolderIncome[]
}

/**
 * Notes how the day is shared out, with the published figures, and credits the first chunk. This
 * and `creditIncome` are the rule itself, a command per hundred holders, as memory runs it;
 * `bulk-income.ts` does the same to millions of rows, and a test compares the two.
 */
export const shareIncome: Command<SharedDay, FundDayRecord> = {
  name: 'fund.share_income',
  reads: ({ date, first }) => incomeKeys(date, first),
  apply(state, { date, units, holders, yield7d, shares, first }, now) {
    const present = fundDayIn(state, date)
    if (present.state !== 'declared') return present
    const chunks = Math.ceil(shares / chunkSize)
    invariant(chunks > 0 || present.incomeFen === 0n, `nobody earns the income of ${date}`)
    const per10k = publishedPer10k(present.incomeFen, units)
    const shared: FundDayRecord = {
      ...present,
      state: 'crediting',
      units,
      per10k,
      yield7d,
      holders,
      chunks,
    }
    if (chunks === 0) return put(state, credited(shared, now))
    return creditChunk(state, shared, { chunk: 0, shares: first, now })
  },
}

/** Income per 10,000 units, or null while nobody holds any. */
export function publishedPer10k(incomeFen: bigint, units: bigint): Per10k | null {
  return units === 0n ? null : per10kIncome(incomeFen, units)
}

/** One holder's part of a day's income; `customerId` is `advance_bank` for R204 and R205. */
export interface HolderIncome {
  readonly customerId: string
  /** Earning units at the end of the day, hundredths. */
  readonly units: bigint
  /** Fen; below zero on a bad day; never zero. */
  readonly amount: bigint
}

export interface IncomeChunk {
  readonly date: LocalDate
  /** 0, 1, 2 … */
  readonly chunk: number
  readonly shares: readonly HolderIncome[]
}

/**
 * Credits one chunk of holders in one entry: the fund earns, units are issued. Chunks come in
 * order, each once; with the last one the day is `credited`, to the fen.
 */
export const creditIncome: Command<IncomeChunk, FundDayRecord> = {
  name: 'fund.credit_income',
  reads: ({ date, shares }) => incomeKeys(date, shares),
  apply(state, { date, chunk, shares }, now) {
    const present = fundDayIn(state, date)
    if (present.state !== 'crediting' || chunk < present.chunksDone) return present
    return creditChunk(state, present, { chunk, shares, now })
  },
}

function creditChunk(
  state: View,
  present: FundDayRecord,
  { chunk, shares, now }: Omit<IncomeChunk, 'date'> & { now: Instant },
): FundDayRecord {
  const { id: date } = present
  invariant(chunk === present.chunksDone, `chunks of ${date} come in order`)
  const legs = shares.flatMap((share) => unitLegs(state, share))
  const sum = shares.reduce((total, { amount }) => total + amount, 0n)
  const ref = `${date}/${chunk}`
  for (const share of shares) reopenClosed(state, share, now)
  postAll(state, { kind: 'fund_income', ref, legs: [...fundLegs(shares), ...legs] }, now)
  const after: FundDayRecord = {
    ...present,
    chunksDone: present.chunksDone + 1,
    creditedFen: present.creditedFen + sum,
  }
  return put(state, after.chunksDone === after.chunks ? credited(after, now) : after)
}

/** Who has closed his account since he earned gets it all the same. */
function reopenClosed(state: View, { customerId, amount }: HolderIncome, now: Instant): void {
  if (customerId === advanceBank || amount < 0n) return
  const id = accountId('R201', customerId)
  if (state.get(account, id)?.closedAt === null) return
  const reason = 'fund_income came after it was closed'
  const opened = reopenAccount(state, { id, by: 'ledger', reason }, now)
  invariant(opened.ok, `${id} can be opened again`)
}

function incomeKeys(date: LocalDate, shares: readonly HolderIncome[]): Key[] {
  const fund = ['R100', 'F102', 'F300', 'F401'].map(accountKey)
  return [fundDayKey(date), ...fund, ...shares.flatMap(shareKeys)]
}

function credited(day: FundDayRecord, now: Instant): FundDayRecord {
  invariant(day.creditedFen === day.incomeFen, `income of ${day.id} is credited to the fen`)
  return { ...day, state: 'credited', creditedAt: now }
}

/** On a bad day a share is taken from the free units first, then from frozen ones. */
function shareKeys({ customerId, amount }: HolderIncome): Key[] {
  if (customerId === advanceBank) return [accountKey('R205')]
  const codes = amount < 0n ? (['R201', 'R202'] as const) : (['R201'] as const)
  return codes.map((code) => accountKey(accountId(code, customerId)))
}

/** F102/F401, F401/F300 for the gains of the chunk, the reverse for its losses. */
function fundLegs(shares: readonly HolderIncome[]): Leg[] {
  const gains = shares.reduce((sum, { amount }) => (amount > 0n ? sum + amount : sum), 0n)
  const losses = shares.reduce((sum, { amount }) => (amount < 0n ? sum - amount : sum), 0n)
  return [
    { debit: 'F102', credit: 'F401', amount: gains },
    { debit: 'F401', credit: 'F300', amount: gains },
    { debit: 'F300', credit: 'F401', amount: losses },
    { debit: 'F401', credit: 'F102', amount: losses },
  ]
}

function unitLegs(state: View, { customerId, amount }: HolderIncome): Leg[] {
  if (customerId === advanceBank) return [{ debit: 'R100', credit: 'R205', amount }]
  const free = accountId('R201', customerId)
  if (amount > 0n) return [{ debit: 'R100', credit: free, amount }]
  const { available } = balanceOf(required(state.get(account, free), free))
  const fromFree = smaller(-amount, available)
  return [
    { debit: free, credit: 'R100', amount: fromFree },
    { debit: accountId('R202', customerId), credit: 'R100', amount: -amount - fromFree },
  ]
}

function fundDayIn(state: View, date: LocalDate): FundDayRecord {
  return required(state.get(fundDay, date), `fund day ${date}`)
}

function put(state: View, day: FundDayRecord): FundDayRecord {
  state.put(fundDay, day)
  return day
}
