/** The whole server from open database to HTTP. Throws DatabaseFault and InvariantError. */
export {
  buildCoffer, type BuildOptions, type Coffer, type SimulationOptions,
} from './build.ts'
/** The environment, read once. Errors: all faults together, as sentences. */
export { readConfig, type Config, type PartnerAddress } from './config.ts'
export { readPages } from './read-pages.ts'
export { keepPepper } from './keep-pepper.ts'
export { connectPartners } from './connect-partners.ts'
/** The command line: reads the environment, runs one command, answers the exit code. */
export { main } from './main.ts'
/** The 2013 theft on a server and database of its own. Throws as `runTheft` of #world does. */
export { playTheft } from './scenario.ts'
