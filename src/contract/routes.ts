import { customerRoutes } from './customer-routes.ts'
import { guardRoutes } from './guard-routes.ts'
import { operatorRoutes } from './operator-routes.ts'
import { partnerRoutes } from './partner-routes.ts'
import { customerProofRoutes, openProofRoutes } from './proof-routes.ts'
import { publicRoutes } from './public-routes.ts'
import { deviceRoutes } from './device-routes.ts'
import { feedRoutes } from './feed-routes.ts'
import { simulatorRoutes } from './simulator-routes.ts'

/** The whole HTTP API. The names are the operation ids of OpenAPI. */
export const routes = {
  ...publicRoutes,
  ...openProofRoutes,
  ...customerRoutes,
  ...customerProofRoutes,
  ...operatorRoutes,
  ...partnerRoutes,
  ...guardRoutes,
  ...deviceRoutes,
  ...feedRoutes,
  ...simulatorRoutes,
} as const

export type Routes = typeof routes
export type RouteName = keyof Routes
