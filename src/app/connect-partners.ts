import type { FlowContext } from '#flows'
import { systemClock, type Ids } from '#kernel'
import {
  createBankOverHttp,
  createCarrierOverHttp,
  createFundManagerOverFiles,
  createFundManagerOverHttp,
  createIdentityRegisterOverHttp,
  createInsurerOverHttp,
  rememberCarrier,
} from '#partners'
import type { Config } from './config.ts'

/** Nothing has come: the fund's day waits for `coffer fund files`, which goes on with it. */
const waitingForFiles = createFundManagerOverFiles({
  writeOrders: async () => false,
  confirmation: async () => null,
  income: async () => null,
})

/** The partners whose addresses are known; flows that need another one say so. */
export function connectPartners(
  { partners, fundFiles }: Pick<Config, 'partners' | 'fundFiles'>,
  ids: Ids,
): FlowContext['partners'] {
  const { carrier, bank, fund, insurer, identity } = partners
  return {
    ...(carrier && {
      carrier: rememberCarrier(createCarrierOverHttp({ ...carrier, ids }), { clock: systemClock }),
    }),
    ...(bank && { bank: createBankOverHttp({ ...bank, ids }) }),
    ...(fundFiles && { fundManager: waitingForFiles }),
    ...(fund && { fundManager: createFundManagerOverHttp({ ...fund, ids }) }),
    ...(identity && { identity: createIdentityRegisterOverHttp({ ...identity, ids }) }),
    ...(insurer && { insurer: createInsurerOverHttp({ ...insurer, ids }) }),
  }
}
