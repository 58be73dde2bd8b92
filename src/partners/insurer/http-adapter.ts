import { createHttpCall, type HttpPartnerOptions } from '../http-call.ts'
import { resultOf } from '../http-result.ts'
import { type Insurer, insurerRefusals } from './port.ts'
import {
  claim,
  coverAnswer,
  decisionAnswer,
  insurerPaths,
  premium,
  remittanceAnswer,
  totalsAnswer,
} from './wire.ts'

/** An insurer over HTTP. Amounts travel as decimal strings. */
export function createInsurerOverHttp(options: HttpPartnerOptions): Insurer {
  const call = createHttpCall(options)
  return {
    async bindCover(body) {
      const path = insurerPaths.covers
      return resultOf(await call({ path, body, answer: coverAnswer }), insurerRefusals)
    },
    async noticePremium(body) {
      const path = insurerPaths.premiums
      return resultOf(await call({ path, body, answer: premium }), insurerRefusals)
    },
    async notifyClaim(body) {
      const path = insurerPaths.claims
      return resultOf(await call({ path, body, answer: claim }), insurerRefusals)
    },
    async decision(claimId) {
      const path = insurerPaths.decision
      const answer = await call({ path, body: { claimId }, answer: decisionAnswer })
      return resultOf(answer, insurerRefusals)
    },
    async remit(claimId) {
      const path = insurerPaths.remittance
      const answer = await call({ path, body: { claimId }, answer: remittanceAnswer })
      return resultOf(answer, insurerRefusals)
    },
    async totals() {
      const path = insurerPaths.totals
      return resultOf(await call({ path, body: {}, answer: totalsAnswer }), insurerRefusals)
    },
  }
}
