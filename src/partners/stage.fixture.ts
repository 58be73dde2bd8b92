import Fastify from 'fastify'
import { carrierEvent } from '#contract'
import type { Sql } from '#database'
import {
  createIds,
  createManualClock,
  createSeededRandom,
  localInstant,
  type ManualClock,
} from '#kernel'
import { createBankOverHttp } from './bank/http-adapter.ts'
import type { Bank } from './bank/port.ts'
import { carrierEventOf, cloudEventOf } from './carrier/cloud-event.ts'
import { createCarrierCodesOverHttp } from './carrier/codes-http-adapter.ts'
import type { CarrierCodes } from './carrier/codes-port.ts'
import { createCarrierOverHttp } from './carrier/http-adapter.ts'
import type { Carrier, CarrierEvents, CarrierListener } from './carrier/port.ts'
import { createSimulators, type Simulators, type SimulatorsOptions } from './create-simulators.ts'
import { createFundManagerOverHttp } from './fund/http-adapter.ts'
import type { FundManager } from './fund/port.ts'
import { createIdentityRegisterOverHttp } from './identity/http-adapter.ts'
import type { IdentityRegister } from './identity/port.ts'
import { createInsurerOverHttp } from './insurer/http-adapter.ts'
import type { Insurer } from './insurer/port.ts'
import { simulatorRoutes } from './simulator-routes.ts'

/** The two ways to a partner that its one list of tests takes. */
export const ways = ['simulator', 'http'] as const
export type Way = (typeof ways)[number]

/** The partners as a test asks them, the simulators behind them, and their clock. */
export interface Stage {
  readonly clock: ManualClock
  readonly simulators: Simulators
  readonly carrier: Carrier
  readonly carrierCodes: CarrierCodes
  readonly carrierEvents: CarrierEvents
  readonly bank: Bank
  readonly fundManager: FundManager
  readonly insurer: Insurer
  readonly identity: IdentityRegister
  close(): Promise<void>
}

export interface StageOptions extends Partial<SimulatorsOptions> {
  readonly sql: Sql
  /** `http`: adapter, HTTP on the loopback interface, simulator. */
  readonly way: Way
}

/** Begins on Saturday 2013-10-12 at 09:00. */
export async function createStage({ way, ...options }: StageOptions): Promise<Stage> {
  const clock = createManualClock(localInstant('2013-10-12', '09:00'))
  const simulators = await createSimulators({ clock, seed: 1, ...options })
  if (way === 'simulator') {
    const carrierEvents = simulators.carrier
    const carrierCodes = simulators.carrier
    return { clock, simulators, ...simulators, carrierCodes, carrierEvents, close: async () => {} }
  }
  // A connection kept alive, or held by a silent partner, must not delay the end of a test.
  const app = Fastify({ forceCloseConnections: true })
  await app.register(simulatorRoutes(simulators), { prefix: '/partners' })
  let listener: CarrierListener | undefined
  app.post('/events', async (request, reply) => {
    const event = carrierEventOf(carrierEvent.parse(request.body))
    const isTaken = event !== null && (await listener?.(event)) === true
    return reply.code(isTaken ? 202 : 503).send({})
  })
  const url = await app.listen({ host: '127.0.0.1', port: 0 })
  const ids = createIds(createSeededRandom(1))
  const reach = (name: string) => ({ baseUrl: `${url}/partners/${name}`, ids, timeoutMs: 3_000 })
  return {
    clock,
    simulators,
    carrier: createCarrierOverHttp(reach('carrier')),
    carrierCodes: createCarrierCodesOverHttp(reach('carrier')),
    carrierEvents: {
      subscribe(subscriber) {
        listener = subscriber
        return simulators.carrier.subscribe(async (event) => {
          const body = JSON.stringify(cloudEventOf(event))
          const headers = { 'content-type': 'application/json' }
          return (await fetch(`${url}/events`, { method: 'POST', headers, body })).ok
        })
      },
    },
    bank: createBankOverHttp(reach('bank')),
    fundManager: createFundManagerOverHttp(reach('fund')),
    insurer: createInsurerOverHttp(reach('insurer')),
    identity: createIdentityRegisterOverHttp(reach('identity')),
    close: () => app.close(),
  }
}
