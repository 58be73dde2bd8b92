/** The simulators' inputs with a fixed behaviour. */
export { bankSentinels } from './bank/sentinels.ts'
export { carrierSentinels } from './carrier/sentinels.ts'
export { fundSentinels } from './fund/sentinels.ts'
export { identitySentinels } from './identity/sentinels.ts'
export { insurerSentinels } from './insurer/sentinels.ts'
