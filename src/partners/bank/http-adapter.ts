import type { Result } from '#kernel'
import { createHttpCall, type HttpPartnerOptions } from '../http-call.ts'
import { mapped, resultOf } from '../http-result.ts'
import { type Bank, type BankError, type BankMovement, bankRefusals } from './port.ts'
import { balanceAnswer, bankPaths, holderAnswer, movement, movementsAnswer } from './wire.ts'

/** A bank over HTTP. Amounts travel as decimal strings. */
export function createBankOverHttp(options: HttpPartnerOptions): Bank {
  const call = createHttpCall(options)

  async function askForMovement(
    path: string,
    body: unknown,
  ): Promise<Result<BankMovement, BankError>> {
    return resultOf(await call({ path, body, answer: movement }), bankRefusals)
  }

  return {
    async confirmHolder(body) {
      const answer = await call({ path: bankPaths.confirmHolder, body, answer: holderAnswer })
      return mapped(resultOf(answer, bankRefusals), ({ holder }) => holder)
    },
    collect: (transfer) => askForMovement(bankPaths.collect, transfer),
    payOut: (transfer) => askForMovement(bankPaths.payOut, transfer),
    move: (transfer) => askForMovement(bankPaths.move, transfer),
    find: (reference) => askForMovement(bankPaths.find, { reference }),
    async balance(account) {
      const path = bankPaths.balance
      const answer = await call({ path, body: { account }, answer: balanceAnswer })
      return mapped(resultOf(answer, bankRefusals), ({ balance }) => balance)
    },
    async movements({ account, after }) {
      const body = { account, after: after.toString() }
      const answer = await call({ path: bankPaths.movements, body, answer: movementsAnswer })
      return mapped(resultOf(answer, bankRefusals), ({ movements }) => movements)
    },
  }
}
