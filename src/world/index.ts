/** The 2013 theft, played over HTTP. */
export { runTheft, type TheftPlan } from './theft-run.ts'
export type { Stage } from './theft-cast.ts'
export { createApiClient, expectOk, type ApiClient } from './api-client.ts'
/** Capital and cover of a simulated operator. */
export { foundBusiness, type FoundingOptions } from './found-business.ts'
