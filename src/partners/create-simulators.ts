import type { Sql } from '#database'
import type { Clock } from '#kernel'
import { createBankSimulator, type BankSimulator } from './bank/simulator.ts'
import { createSimulatedLedger } from './bank/simulated-ledger.ts'
import { createCarrierSimulator, type CarrierSimulator } from './carrier/simulator.ts'
import { createFaults, type Faults } from './faults.ts'
import { type RateLevel, usualLevels } from './fund/rate-path.ts'
import { createFundSimulator, type FundSimulator } from './fund/simulator.ts'
import type { IdentityRegister } from './identity/port.ts'
import { createIdentitySimulator } from './identity/simulator.ts'
import { createInsurerSimulator, type InsurerSimulator } from './insurer/simulator.ts'

export interface SimulatorsOptions {
  /** Connected as role `simulator`. */
  readonly sql: Sql
  /** The product's (simulated) time: partners live in the same days as we do. */
  readonly clock: Clock
  /** Of the fund's rate path. */
  readonly seed: number
  /** Income of 10,000 units over time; default: our rough levels since 2013. */
  readonly levels?: readonly RateLevel[]
  /** Fen the advance bank lends at most; default 10,000,000.00 yuan. */
  readonly facilityLimit?: bigint
  /** Fen the insurer has at the beginning; default 100,000,000.00 yuan. */
  readonly insurerFunds?: bigint
  /**
   * Fen in a customer's bank account that is opened by its holder being confirmed; default
   * 100,000.00 yuan. Null: only accounts opened before exist.
   */
  readonly newAccountBalance?: bigint | null
  /** From a claim's notice to the insurer's decision; default 0. */
  readonly decisionDelayMs?: number
}

/** Five working partners: their ports, and what a scenario may do to them. */
export interface Simulators {
  readonly carrier: CarrierSimulator
  readonly bank: BankSimulator
  readonly fundManager: FundSimulator
  readonly insurer: InsurerSimulator
  readonly identity: IdentityRegister
  /** Puts a partner out of order, and back (null). */
  readonly setFault: Faults['set']
}

/** Opens the partners' books (schema `partners`) where they are new, and goes on with them. */
export async function createSimulators(options: SimulatorsOptions): Promise<Simulators> {
  const { sql, clock, seed } = options
  const faults = await createFaults(sql)
  const shared = { sql, clock, faults }
  const bank = await createBankSimulator({
    ...shared,
    facilityLimit: options.facilityLimit ?? 1_000_000_000n,
    insurerFunds: options.insurerFunds ?? 10_000_000_000n,
    newAccountBalance:
      options.newAccountBalance === undefined ? 10_000_000n : options.newAccountBalance,
  })
  const ledger = createSimulatedLedger(shared)
  const path = { seed, levels: options.levels ?? usualLevels }
  const decisionDelayMs = options.decisionDelayMs ?? 0
  const carrier = createCarrierSimulator(shared)
  return {
    carrier,
    bank,
    fundManager: createFundSimulator({ ...shared, path, bank: ledger }),
    insurer: createInsurerSimulator({ ...shared, decisionDelayMs, bank: ledger }),
    identity: createIdentitySimulator(shared),
    async setFault(partner, fault) {
      await faults.set(partner, fault)
      // In order again, it tells what has happened meanwhile.
      if (partner === 'carrier') await carrier.deliverEvents()
    },
  }
}
