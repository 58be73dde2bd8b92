import type { FastifyInstance } from 'fastify'
import type { Bank } from './bank/port.ts'
import { bankRoutes } from './bank/simulator-http.ts'
import { carrierRoutes, type ServedCarrier } from './carrier/simulator-http.ts'
import type { FundManager } from './fund/port.ts'
import { fundRoutes } from './fund/simulator-http.ts'
import type { IdentityRegister } from './identity/port.ts'
import { identityRoutes } from './identity/simulator-http.ts'
import type { Insurer } from './insurer/port.ts'
import { insurerRoutes } from './insurer/simulator-http.ts'

/**
 * A Fastify plugin: the partners below `/carrier`, `/bank`, `/fund`, `/insurer`, `/identity`, for
 * the HTTP adapters to be pointed at. For the loopback interface: callers are not authenticated.
 * Give the server `forceCloseConnections: true`: a silent partner holds connections open.
 */
export function simulatorRoutes(partners: {
  readonly carrier: ServedCarrier
  readonly bank: Bank
  readonly fundManager: FundManager
  readonly insurer: Insurer
  readonly identity: IdentityRegister
}): (app: FastifyInstance) => Promise<void> {
  return async (app) => {
    await app.register(carrierRoutes(partners.carrier), { prefix: '/carrier' })
    await app.register(bankRoutes(partners.bank), { prefix: '/bank' })
    await app.register(fundRoutes(partners.fundManager), { prefix: '/fund' })
    await app.register(insurerRoutes(partners.insurer), { prefix: '/insurer' })
    await app.register(identityRoutes(partners.identity), { prefix: '/identity' })
  }
}
