import type { FastifyInstance } from 'fastify'
import { asIs, route } from '../http-route.ts'
import type { FundManager } from './port.ts'
import { confirmBody, dayBody, fundPaths, registerBody, submitBody } from './wire.ts'

/** Serves a fund manager below wherever the plugin is mounted. */
export function fundRoutes(fund: FundManager): (app: FastifyInstance) => Promise<void> {
  return async (app) => {
    app.post(fundPaths.submit, route(submitBody, fund.submitOrders, asIs))
    app.post(fundPaths.confirm, route(confirmBody, fund.confirm, asIs))
    app.post(
      fundPaths.dayIncome,
      route(dayBody, ({ date }) => fund.dayIncome(date), asIs),
    )
    app.post(
      fundPaths.register,
      route(registerBody, () => fund.register(), asIs),
    )
  }
}
