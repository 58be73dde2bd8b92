import { createHttpCall, type HttpPartnerOptions } from '../http-call.ts'
import { mapped, resultOf } from '../http-result.ts'
import type { IdentityRegister } from './port.ts'
import { identityPaths, nameCheckAnswer } from './wire.ts'

/** A register of persons over HTTP; a refusal says nothing about a person: malformed_answer. */
export function createIdentityRegisterOverHttp(options: HttpPartnerOptions): IdentityRegister {
  const call = createHttpCall(options)
  return {
    async checkName({ name, idNumber }) {
      const path = identityPaths.nameChecks
      const answer = await call({ path, body: { name, idNumber }, answer: nameCheckAnswer })
      return mapped(resultOf(answer, []), ({ verdict }) => verdict)
    },
  }
}
