import { createHttpCall, type HttpPartnerOptions } from '../http-call.ts'
import { resultOf } from '../http-result.ts'
import { type FundManager, fundRefusals } from './port.ts'
import { confirmAnswer, dayAnswer, fundPaths, registerAnswer, submitAnswer } from './wire.ts'

/** A fund manager over HTTP. Amounts and units travel as decimal strings. */
export function createFundManagerOverHttp(options: HttpPartnerOptions): FundManager {
  const call = createHttpCall(options)
  return {
    async submitOrders(body) {
      const path = fundPaths.submit
      return resultOf(await call({ path, body, answer: submitAnswer }), fundRefusals)
    },
    async confirm(body) {
      const path = fundPaths.confirm
      return resultOf(await call({ path, body, answer: confirmAnswer }), fundRefusals)
    },
    async dayIncome(date) {
      const path = fundPaths.dayIncome
      return resultOf(await call({ path, body: { date }, answer: dayAnswer }), fundRefusals)
    },
    async register() {
      const path = fundPaths.register
      return resultOf(await call({ path, body: {}, answer: registerAnswer }), fundRefusals)
    },
  }
}
