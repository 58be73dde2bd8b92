/** The adapters to partners over HTTP. */
export { createBankOverHttp } from './bank/http-adapter.ts'
export { createCarrierOverHttp } from './carrier/http-adapter.ts'
export { createFundManagerOverHttp } from './fund/http-adapter.ts'
export { createIdentityRegisterOverHttp } from './identity/http-adapter.ts'
export { createInsurerOverHttp } from './insurer/http-adapter.ts'
