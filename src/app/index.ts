/** The whole server from open database to HTTP. Throws DatabaseFault and InvariantError. */
export {
  buildCoffer, type BuildOptions, type Coffer, type SimulationOptions,
} from './build.ts'
/** The environment, read once. Errors: all faults together, as sentences. */
export { readConfig, type Config, type PartnerAddress } from './config.ts'
export { readPages } from './read-pages.ts'
export { keepPepper } from './keep-pepper.ts'
export { connectPartners } from './connect-partners.ts'
