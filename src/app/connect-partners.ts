import type { FlowContext } from '#flows'
import type { Ids } from '#kernel'
import {
  createBankOverHttp,
  createCarrierOverHttp,
  createFundManagerOverHttp,
  createInsurerOverHttp,
} from '#partners'
import type { Config } from './config.ts'

/** The partners whose addresses are known; flows that need another one say so. */
export function connectPartners(addresses: Config['partners'], ids: Ids): FlowContext['partners'] {
  const { carrier, bank, fund, insurer } = addresses
  return {
    ...(carrier && { carrier: createCarrierOverHttp({ ...carrier, ids }) }),
    ...(bank && { bank: createBankOverHttp({ ...bank, ids }) }),
    ...(fund && { fundManager: createFundManagerOverHttp({ ...fund, ids }) }),
    ...(insurer && { insurer: createInsurerOverHttp({ ...insurer, ids }) }),
  }
}
