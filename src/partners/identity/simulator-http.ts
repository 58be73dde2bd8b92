import type { FastifyInstance } from 'fastify'
import { route } from '../http-route.ts'
import type { IdentityRegister } from './port.ts'
import { identityPaths, nameCheckBody } from './wire.ts'

/** Serves a register of persons below wherever the plugin is mounted. */
export function identityRoutes(
  register: IdentityRegister,
): (app: FastifyInstance) => Promise<void> {
  return async (app) => {
    const asVerdict = (verdict: string) => ({ verdict })
    app.post(identityPaths.nameChecks, route(nameCheckBody, register.checkName, asVerdict))
  }
}
