import { createHttpCall, type HttpAnswer, type HttpPartnerOptions } from '../http-call.ts'
import type { CarrierCodes, CodeAnswer, CodeRefusal } from './codes-port.ts'
import { silenceOfCode } from './http-adapter.ts'
import { carrierPaths, codeSent, nothing } from './wire.ts'

const prefix = 'ONE_TIME_PASSWORD_SMS.'

/** CAMARA's codes of one-time-password-sms 1.1, with what they say to us. */
export const codeRefusals: Readonly<Record<CodeRefusal, { status: number; code: string }>> = {
  verification_failed: { status: 400, code: `${prefix}VERIFICATION_FAILED` },
  verification_expired: { status: 400, code: `${prefix}VERIFICATION_EXPIRED` },
  invalid_otp: { status: 400, code: `${prefix}INVALID_OTP` },
  max_codes_exceeded: { status: 403, code: `${prefix}MAX_OTP_CODES_EXCEEDED` },
  phone_not_allowed: { status: 403, code: `${prefix}PHONE_NUMBER_NOT_ALLOWED` },
  phone_blocked: { status: 403, code: `${prefix}PHONE_NUMBER_BLOCKED` },
}

/** The carrier's one-time codes over HTTP, CAMARA shapes. Its silence is `{ unknown }`. */
export function createCarrierCodesOverHttp(options: HttpPartnerOptions): CarrierCodes {
  const call = createHttpCall(options)
  return {
    async sendCode({ phone: phoneNumber, message }) {
      const body = { phoneNumber, message }
      return answerOf(await call({ path: carrierPaths.sendCode, body, answer: codeSent }))
    },
    async validateCode(body) {
      const answer = await call({ path: carrierPaths.validateCode, body, answer: nothing })
      const result = answerOf(answer)
      return 'value' in result ? { value: 'valid' } : result
    },
  }
}

function answerOf<T>(answer: HttpAnswer<T>): CodeAnswer<T> {
  if (answer.ok) return { value: answer.value }
  if ('failure' in answer) return { unknown: answer.failure }
  const { code } = answer
  const names = Object.keys(codeRefusals) as CodeRefusal[]
  const refused = names.find((name) => codeRefusals[name].code === code)
  return refused === undefined ? { unknown: silenceOfCode(code) } : { refused }
}
