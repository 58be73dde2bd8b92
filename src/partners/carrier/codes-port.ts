import type { CarrierAnswer } from './port.ts'

/** Why a code was not sent, or did not serve. Final: the same call would be refused again. */
export type CodeRefusal =
  | 'verification_failed'
  | 'verification_expired'
  | 'invalid_otp'
  | 'max_codes_exceeded'
  | 'phone_not_allowed'
  | 'phone_blocked'

export type CodeAnswer<T> = CarrierAnswer<T> | { readonly refused: CodeRefusal }

/**
 * One-time codes that the carrier itself makes, sends and checks (CAMARA one-time-password-sms);
 * we never see the code. Never throws, time-boxed.
 */
export interface CarrierCodes {
  /** `message` has `{{code}}` where the code shall stand; at most 160 characters. */
  sendCode(wish: {
    phone: string
    message: string
  }): Promise<CodeAnswer<{ readonly authenticationId: string }>>
  /** Refused: invalid_otp (wrong), verification_failed (too often), verification_expired. */
  validateCode(tried: { authenticationId: string; code: string }): Promise<CodeAnswer<'valid'>>
}
