/** A seeded city that uses the product. Refusals are counted, never thrown; defects reject. */
export {
  createWorld, demoStart, type CreateWorldOptions, type DemoWorld,
} from './create-world.ts'
export { demoSize, type CitySize } from './plan-city.ts'
export type { DemoSignIns } from './demo-sign-ins.ts'
/** Capital and cover of a simulated operator; safe to repeat. Throws when refused. */
export { beginBusiness } from './begin-business.ts'
/** The 2013 theft, played over HTTP. Throws where the server answers what no client may meet. */
export { runTheft, type TheftPlan } from './theft-run.ts'
export type { Stage } from './theft-cast.ts'
export { createApiClient, expectOk, type ApiClient } from './api-client.ts'
