import type { FastifyInstance } from 'fastify'
import { asIs, route } from '../http-route.ts'
import { instantText } from '../wire.ts'
import type { Insurer, Remittance } from './port.ts'
import { claim, claimBody, coverBody, insurerPaths, premium, totalsBody } from './wire.ts'

/** Serves an insurer below wherever the plugin is mounted. */
export function insurerRoutes(insurer: Insurer): (app: FastifyInstance) => Promise<void> {
  return async (app) => {
    app.post(insurerPaths.covers, route(coverBody, insurer.bindCover, asIs))
    app.post(insurerPaths.premiums, route(premium, insurer.noticePremium, asIs))
    app.post(insurerPaths.claims, route(claim, insurer.notifyClaim, asIs))
    app.post(
      insurerPaths.decision,
      route(claimBody, ({ claimId }) => insurer.decision(claimId), asIs),
    )
    app.post(
      insurerPaths.remittance,
      route(claimBody, ({ claimId }) => insurer.remit(claimId), asRemittance),
    )
    app.post(
      insurerPaths.totals,
      route(totalsBody, () => insurer.totals(), asIs),
    )
  }
}

function asRemittance(remittance: Remittance): unknown {
  return { ...remittance, at: instantText(remittance.at) }
}
