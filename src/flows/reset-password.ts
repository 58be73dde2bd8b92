import { credentialByPhone, passwordWeak } from '#identity'
import { fail, ok, type Instant, type Result } from '#kernel'
import type { Decision } from '#risk'
import type { FlowContext, Problem } from './context.ts'
import { planSession, signedIn, type SignedIn } from './new-session.ts'
import { observeCarrier } from './observe-carrier.ts'
import type { Origin } from './origin.ts'
import { resetPasswordCommand, type ResetPassword } from './reset-password-command.ts'
import { checkFactor, nothingShown, type TypedFactor } from './second-factor.ts'
import { submit } from './submit.ts'

export interface ResetPasswordInput {
  readonly phone: string
  readonly idNumber: string
  readonly code: string
  readonly newPassword: string
  /** Of his app or his sheet; asked for where he has one. */
  readonly factor?: TypedFactor
}

/** `decisions`: of step reset, then of step sign_in when the first was a yes. */
export type ResetPasswordAnswer =
  | {
      readonly status: 'done'
      readonly session: SignedIn
      readonly decisions: readonly Decision[]
    }
  | {
      readonly status: 'waiting'
      /** Where the reset goes on. */
      readonly deviceId: string
      readonly ripeAt: Instant
      readonly decisions: readonly Decision[]
    }
  | {
      readonly status: 'denied'
      readonly deviceId: string
      readonly decisions: readonly Decision[]
      /** His texts may reach somebody else: he should call his carrier. */
      readonly callCarrier: boolean
    }

/**
 * A new password for who has the phone number, the ID number and a code by SMS; and in. Where the
 * guard asks for more, a code of his app or sheet, or a day's wait. The carrier is
 * asked first; an unknown number is treated alike, and as slowly.
 * Errors: partner_not_configured, password_weak, password_leaked, code_not_requested, code_expired,
 * code_wrong, identity_mismatch, second_factor_required, too_many_tries.
 */
export function createResetPassword(context: FlowContext) {
  return async (
    input: ResetPasswordInput,
    origin: Origin,
  ): Promise<Result<ResetPasswordAnswer, Problem>> => {
    const { phone, newPassword, idNumber, code } = input
    const { passwords, ids, sql } = context
    if (context.partners.carrier === undefined) {
      return fail({ code: 'partner_not_configured', param: 'carrier' })
    }
    if (passwordWeak(newPassword, { phone, name: '' })) {
      return fail({ code: 'password_weak', param: 'new_password' })
    }
    if (context.leaked?.(newPassword) === true) {
      return fail({ code: 'password_leaked', param: 'new_password' })
    }
    const [known, newPasswordHash, observed] = await Promise.all([
      credentialByPhone(sql, phone),
      passwords.hash(newPassword),
      observeCarrier(context, phone),
    ])
    const { token, plan } = planSession(context)
    const command: ResetPassword = {
      ...plan,
      phone,
      customerId: known?.customerId ?? null,
      idNumberHash: passwords.fingerprint('id_number', idNumber),
      codeDigest: passwords.fingerprint('code', `${phone}:${code}`),
      factor:
        known === null
          ? nothingShown
          : await checkFactor(context, known.customerId, input.factor ?? {}),
      newPasswordHash,
      deviceId: origin.deviceId ?? ids.next('dev'),
      deviceName: origin.deviceName,
      publicKey: origin.publicKey ?? null,
      network: origin.network,
      signals: origin.signals,
      observed,
      resetDecisionId: ids.next('dec'),
      signInDecisionId: ids.next('dec'),
    }
    const request = { owner: 'reset-password', id: ids.next('req'), input: command }
    const decided = await submit(context, resetPasswordCommand, request)
    if (!decided.ok) return decided
    const { deviceId, customerId } = command
    switch (decided.value.status) {
      case 'refused':
        return fail({ code: decided.value.code })
      case 'waiting': {
        const { ripeAt, decisions } = decided.value
        return ok({ status: 'waiting', deviceId, ripeAt, decisions })
      }
      case 'denied': {
        const { decisions, callCarrier } = decided.value
        return ok({ status: 'denied', deviceId, decisions, callCarrier })
      }
      case 'done': {
        const { decisions, expiresAt } = decided.value
        const owner = { customerId: customerId ?? '', deviceId, expiresAt }
        return ok({ status: 'done', session: signedIn(token, owner), decisions })
      }
    }
  }
}
