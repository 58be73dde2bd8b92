import type { FundAgentOptions } from '#cli'
import type { Sql } from '#database'
import { dealingCalendar, fundFiles, holderUnits } from '#fund'
import { addDays, hour, localDateOf, localTimeOf, startOfLocalDay, type LocalDate } from '#kernel'
import { earningUnitsAt } from '#ledger'
import { createTransferAgent, readFundFileName, usualParties } from '#partners'
import type { Config } from './config.ts'
import { readFundFolder, writeFundFolder, type FolderFile } from './fund-files-folder.ts'
import { withCoffer } from './with-coffer.ts'

const say = (line: string): void => {
  process.stderr.write(`${line}\n`)
}

/**
 * `coffer fund agent`: takes the orders in a folder and writes the files that are due and not there
 * yet, by the simulated fund manager's own books. Exit 1 when an orders file is bad; 2 where money
 * and time are real.
 */
export async function fundAgentAction(config: Config, options: FundAgentOptions): Promise<number> {
  const { dir, json, fault: faults = {} } = options
  return withCoffer(config, say, async ({ coffer, database, simulated }) => {
    const { simulators, context } = coffer
    if (!simulated || simulators === null) {
      say('Here time and money are real: the simulated agent has nothing to say.')
      return 2
    }
    const sql = database.connect('simulator', { max: 1 })
    try {
      const agent = createTransferAgent({
        sql,
        clock: context,
        fund: simulators.fundManager,
        confirmationDayOf: (date) => dealingCalendar.confirmationDay(date),
      })
      const { files, tooLarge } = readFundFolder(dir, config.fundFileBytes)
      for (const { name, size } of tooLarge) say(`${name}  not read: ${size} bytes`)
      const orders = files.filter(({ name }) => readFundFileName(name)?.type === '03')
      for (const file of orders) {
        const taken = await agent.takeOrders(file)
        if (!taken.ok) {
          say(`${file.name}  refused: ${JSON.stringify(taken.error)}`)
          return 1
        }
      }
      const written: string[] = []
      const put = (given: readonly FolderFile[]) => {
        for (const file of given) {
          writeFundFolder(dir, file)
          written.push(file.name)
          say(`${file.name}  written`)
        }
      }
      const now = context.now()
      const [first = localDateOf(now)] = daysSince(orders, localDateOf(now))
      if (first < localDateOf(now)) await agent.open(first, await holdingsAt(context.sql, first))
      const there = new Set(files.map(({ name }) => typeAndDay(name)))
      for (const date of daysSince(orders, localDateOf(now))) {
        const over = date < localDateOf(now)
        const morning = over || localTimeOf(now) >= 9 * hour
        if (morning && !there.has(`04 ${date}`)) {
          const given = await agent.confirmations(date, faults)
          if (given.ok) put(given.value)
        }
        if (over && !there.has(`05 ${date}`)) {
          const given = await agent.endOfDay(date, faults)
          if (given.ok) put(given.value)
        }
      }
      if (json) process.stdout.write(`${JSON.stringify({ orders: orders.length, written })}\n`)
      return 0
    } finally {
      await sql.end()
    }
  })
}

/** Who held what at the end of a day: an agent begins with the holdings there are. */
async function holdingsAt(sql: Sql, date: LocalDate) {
  const register = await earningUnitsAt(sql, startOfLocalDay(addDays(date, 1)))
  return holderUnits(register, []).map(({ customerId, units }) => ({
    holder: fundFiles.holderInFiles(customerId),
    units,
  }))
}

/** Type and day of an answer that lies there. */
function typeAndDay(name: string): string {
  const named = readFundFileName(name)
  return named?.creator === usualParties.agent ? `${named.type} ${named.date}` : ''
}

/**
 * From the first dealing day whose orders are there to today. At its end every earlier dealing day
 * is confirmed, and every later one is in the files: the agent takes its holdings over there.
 */
function daysSince(orders: readonly FolderFile[], today: LocalDate): LocalDate[] {
  const dates = orders.flatMap(({ name }) => {
    const named = readFundFileName(name)
    return named?.sequence === 1 ? [named.date] : []
  })
  const [first = addDays(today, 1)] = dates.sort()
  const days: LocalDate[] = []
  for (let date = first; date <= today; date = addDays(date, 1)) days.push(date)
  return days
}
