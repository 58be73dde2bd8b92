import type { Sql } from '#database'
import {
  addDays,
  invariant,
  ok,
  required,
  sha256Hex,
  type Clock,
  type LocalDate,
  type Result,
} from '#kernel'
import { divideHalfUp } from '#money'
import type { DayIncome, FundError, FundManager } from '../port.ts'
import { agentRows } from './agent-rows.ts'
import { usualParties, type FileParties } from './business-codes.ts'
import type { FileFault } from './file-fault.ts'
import type { FileType } from './file-layout.ts'
import { fundFileName } from './file-name.ts'
import { readFundFile } from './read-fund-file.ts'
import { createSimulatedHolders } from './simulated-holders.ts'
import { simulatedShares } from './simulated-shares.ts'
import { writeFundFile, type FundFile } from './write-fund-file.ts'

/**
 * How the agent fails with a type of file. `late` not this time · `wrong` its first record is off
 * by a fen or a hundredth of a unit · `duplicated` once more under the next number · `truncated`
 * cut after two thirds.
 */
export type AgentFault = 'late' | 'wrong' | 'duplicated' | 'truncated'
export type AgentFaults = Readonly<Partial<Record<FileType, AgentFault>>>

export interface TransferAgentOptions {
  /** As role `simulator`. */
  readonly sql: Sql
  readonly clock: Clock
  /** The fund behind the agent: totals of a dealing day, the day's income. */
  readonly fund: Pick<FundManager, 'submitOrders' | 'confirm' | 'dayIncome'>
  /** On which day a dealing day is confirmed. */
  readonly confirmationDayOf: (dealingDay: LocalDate) => LocalDate
  readonly parties?: FileParties
}

interface AgentFile {
  readonly name: string
  readonly bytes: Uint8Array
}

/** A working transfer agent that is spoken to by files only. */
export interface TransferAgent {
  /** Takes over holdings as they were at the end of a day, once, where there were some before. */
  open(
    day: LocalDate,
    holdings: readonly { readonly holder: string; readonly units: bigint }[],
  ): Promise<void>
  /** Takes an orders file, once. Errors: its faults; the fund's. */
  takeOrders(file: AgentFile): Promise<Result<void, readonly FileFault[] | FundError>>
  /** File 04 of a confirmation day; none when it has nothing to confirm. Errors: the fund's. */
  confirmations(on: LocalDate, faults?: AgentFaults): Promise<Result<AgentFile[], FundError>>
  /** Files 05, 06 and 07 of a day that is over. Errors: not_declared_yet, and passing ones. */
  endOfDay(date: LocalDate, faults?: AgentFaults): Promise<Result<AgentFile[], FundError>>
}

export function createTransferAgent(options: TransferAgentOptions): TransferAgent {
  const { sql, clock, fund, confirmationDayOf, parties = usualParties } = options
  const holders = createSimulatedHolders(sql)
  const rows = agentRows(parties)

  function headerOf<T extends FileType>(type: T, date: LocalDate) {
    const { agent, distributor } = parties
    const both = { creator: agent, recipient: distributor, sender: agent, receiver: distributor }
    return { ...both, date, sequence: 1, type }
  }

  /** Once: to the register by holder, and in total to the fund. */
  async function takeOrders({ name, bytes }: AgentFile) {
    const read = readFundFile(bytes)
    if (!read.ok) return read
    const { header } = read.value
    invariant(header.type === '03', 'the agent takes orders')
    const orders = read.value.rows as FundFile<'03'>['rows']
    await holders.take({ name, sha256: sha256Hex(bytes), takenAt: clock.now() }, orders)
    const { date: dealingDay } = header
    const transfers = await holders.transfersOn(dealingDay)
    await holders.move(
      transfers.flatMap(({ serial, holder, target, volume, orderedOn: day }) => [
        { reference: `${serial}/out`, holder, day, units: -volume },
        { reference: `${serial}/in`, holder: target, day, units: volume },
      ]),
    )
    const sums = (await holders.ordersOf(dealingDay)).reduce(
      (sum, { amount, volume }) => ({
        subscriptions: sum.subscriptions + amount,
        redemptions: sum.redemptions + volume,
      }),
      { subscriptions: 0n, redemptions: 0n },
    )
    if (sums.subscriptions + sums.redemptions === 0n) return ok(undefined)
    // The same name as by calls: whoever comes second changes nothing.
    const reference = `orders:${dealingDay}`
    const submitted = await fund.submitOrders({ reference, dealingDay, ...sums })
    if (submitted.ok || submitted.error === 'dealing_day_closed') return ok(undefined)
    return submitted
  }

  async function confirmations(on: LocalDate, faults: AgentFaults = {}) {
    const days = (await holders.dealingDays()).filter((day) => confirmationDayOf(day) === on)
    const all: FundFile<'04'>['rows'][number][] = []
    for (const dealingDay of days) {
      const answer = await fund.confirm({ dealingDay, confirmationDay: on })
      if (!answer.ok) return answer
      const orders = await holders.ordersOf(dealingDay)
      const done = answer.value.status === 'confirmed'
      if (done) {
        await holders.move(
          orders.map(({ serial, holder, amount, volume }) => ({
            reference: serial,
            holder,
            day: on,
            units: amount - volume,
          })),
        )
      }
      all.push(...orders.map((order) => rows.confirmation(order, { on, done })))
    }
    // Handed over since the last confirmation.
    for (let day = days[0] ?? on; day < on; day = addDays(day, 1)) {
      const transfers = await holders.transfersOn(day)
      all.push(...transfers.map((order) => rows.confirmation(order, { on, done: true })))
    }
    return ok(all.length === 0 ? [] : filesOf({ header: headerOf('04', on), rows: all }, faults))
  }

  async function endOfDay(date: LocalDate, faults: AgentFaults = {}) {
    const income = await fund.dayIncome(date)
    if (!income.ok) return income
    const held = await holders.at(date)
    const shares = simulatedShares(income.value.income, held)
    await holders.move(
      [...shares].map(([holder, units]) => ({
        reference: `income:${date}:${holder}`,
        holder,
        day: addDays(date, 1),
        units,
      })),
    )
    const paid = held.flatMap((holder) => {
      const share = shares.get(holder.holder) ?? 0n
      return share === 0n ? [] : [rows.dividend(holder, { date, share })]
    })
    const published = rows.quotation(income.value, await yieldOn(date))
    return ok([
      ...filesOf(
        { header: headerOf('05', date), rows: held.map((one) => rows.holding(one, date)) },
        faults,
      ),
      ...filesOf({ header: headerOf('06', date), rows: paid }, faults),
      ...filesOf({ header: headerOf('07', date), rows: [published] }, faults),
    ])
  }

  /** 0.001 %; null unless seven days have a figure. Published only, so floating point will do. */
  async function yieldOn(date: LocalDate): Promise<bigint | null> {
    const days = await sql<DayIncome[]>`
      select day as date, units, income from partners.fund_day
      where day > ${addDays(date, -7)} and day <= ${date} and units > 0`
    if (days.length < 7) return null
    const growth = days
      .map(({ units, income }) => divideHalfUp(income * 100_000_000n, units))
      .reduce((product, per10k) => product * (1 + Number(per10k) / 100_000_000), 1)
    return BigInt(Math.round((growth ** (365 / 7) - 1) * 100_000))
  }

  return {
    open: (day, holdings) => holders.open(day, holdings),
    takeOrders,
    confirmations,
    endOfDay,
  }
}

/** A file as bytes, or as what the fault makes of it. */
function filesOf(file: FundFile, faults: AgentFaults): AgentFile[] {
  const fault = faults[file.header.type]
  if (fault === undefined) return [asFile(file)]
  switch (fault) {
    case 'late':
      return []
    case 'wrong':
      return [asFile(offByOne(file))]
    case 'truncated': {
      const { name, bytes } = asFile(file)
      return [{ name, bytes: bytes.slice(0, Math.floor((bytes.length * 2) / 3)) }]
    }
    case 'duplicated': {
      const header = { ...file.header, sequence: file.header.sequence + 1 }
      return [asFile(file), asFile({ ...file, header } as FundFile)]
    }
  }
}

const figures = {
  '04': ['ConfirmedAmount', 'ConfirmedVol'],
  '05': ['TotalVolOfDistributorInTA'],
  '06': ['DividendAmount', 'VolOfDividendforReinvestment'],
  '07': ['FundDayIncome'],
} as const

function offByOne(file: FundFile): FundFile {
  const { type } = file.header
  const [first, ...rest] = file.rows
  if (first === undefined || type === '03') return file
  const off = figures[type].map((name) => {
    const value = (first as Readonly<Record<string, string | bigint>>)[name]
    return [name, BigInt(required(value, name)) + 1n]
  })
  return { ...file, rows: [{ ...first, ...Object.fromEntries(off) }, ...rest] }
}

function asFile(file: FundFile): AgentFile {
  const bytes = writeFundFile(file)
  invariant(bytes.ok, bytes.ok ? '' : JSON.stringify(bytes.error[0]))
  return { name: fundFileName(file.header), bytes: bytes.value }
}
