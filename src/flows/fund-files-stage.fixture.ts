import assert from 'node:assert/strict'
import { dealingCalendar } from '#fund'
import { addDays, type LocalDate, type Result } from '#kernel'
import { createTransferAgent, type AgentFaults } from '#partners'
import { createExchangeFundFiles, type ExchangeInput } from './exchange-fund-files.ts'
import { createFundStage, valueOf } from './fund-stage.fixture.ts'

/** The fund with a folder between us and the transfer agent; it is Monday 2026-03-02, 09:00. */
export async function createFundFilesStage(given: Parameters<typeof createFundStage>[0]) {
  const stage = await createFundStage(given)
  const agentSql = given.database.connect('simulator', { max: 2 })
  const folder = new Map<string, Uint8Array>()
  const agent = createTransferAgent({
    sql: agentSql,
    clock: stage.clock,
    fund: stage.simulators.fundManager,
    confirmationDayOf: (date) => dealingCalendar.confirmationDay(date),
  })
  const exchange = createExchangeFundFiles(stage.context)

  async function round(mode: ExchangeInput['mode'] = 'alone') {
    const files = [...folder].map(([name, bytes]) => ({ name, bytes }))
    const exchanged = valueOf(await exchange({ files, mode }))
    for (const { name, bytes, differs } of exchanged.written) {
      assert.ok(!differs, name)
      folder.set(name, bytes)
    }
    for (const [name, bytes] of folder) {
      if (name.startsWith('OFD_COFFER_')) done(await agent.takeOrders({ name, bytes }))
    }
    return exchanged
  }

  return {
    ...stage,
    folder,
    agent,
    round,
    /** The night after a day, the agent's files of it, and what we make of them. */
    async night(date: LocalDate, faults: AgentFaults = {}) {
      stage.clockAt(addDays(date, 1), '00:06')
      // First our own file of the day's fast redemptions, then the agent's figures.
      await round()
      for (const { name, bytes } of done(await agent.endOfDay(date, faults))) {
        folder.set(name, bytes)
      }
      return round()
    },
    /** The morning of a confirmation day. */
    async morning(date: LocalDate, faults: AgentFaults = {}) {
      stage.clockAt(date, '09:31')
      for (const { name, bytes } of done(await agent.confirmations(date, faults))) {
        folder.set(name, bytes)
      }
      return round()
    },
    async close() {
      await agentSql.end()
      await stage.close()
    },
  }
}

export type FundFilesStage = Awaited<ReturnType<typeof createFundFilesStage>>

/** A value of a partner who must not refuse. */
export function done<T>(result: Result<T, unknown>): T {
  assert.ok(result.ok, result.ok ? '' : JSON.stringify(result.error))
  return result.value
}
