import { csrfTokenOf, maskPhone } from '#identity'
import { ok } from '#kernel'
import { enterVisit, showMe } from '../enter-visit.ts'
import type { Handlers } from '../handler.ts'
import type { HandlerOptions } from '../handlers.ts'
import { originOf } from '../origin-of.ts'
import { reasonsOf, timeOf } from '../presenters/scalars.ts'
import { deniedAnswer } from '../presenters/sign-in.ts'

type Names = 'requestCode' | 'signUp' | 'signIn' | 'resetPassword' | 'signOut' | 'getMe'

export function identityHandlers(options: HandlerOptions): Handlers<Names> {
  const { flows } = options
  const simulated = options.simulation !== null

  return {
    async requestCode({ body }) {
      const sent = await flows.requestCode(body)
      if (!sent.ok) return sent
      const { expiresAt, resendAt } = sent.value
      return ok({ expires_at: timeOf(expiresAt), resend_at: timeOf(resendAt) })
    },
    async signUp(call) {
      const { phone, code, name, id_number: idNumber, password, device } = call.body
      const input = { phone, code, name, idNumber, password }
      const made = await flows.signUp(input, originOf(call, device))
      if (!made.ok) return made
      const me = await enterVisit(options, call, made.value)
      return me.ok ? ok({ status: 'signed_in', me: me.value }) : me
    },
    async signIn(call) {
      const { phone, password, device, challenge_id: challengeId, code } = call.body
      const { recovery_code: recoveryCode } = call.body
      const input = {
        phone,
        password,
        ...(challengeId !== undefined && { challengeId }),
        ...(code !== undefined && { code }),
        ...(recoveryCode !== undefined && { recoveryCode }),
      }
      const answer = await flows.signIn(input, originOf(call, device))
      if (!answer.ok) return answer
      const came = answer.value
      switch (came.status) {
        case 'signed_in': {
          const me = await enterVisit(options, call, came.session)
          return me.ok ? ok({ status: 'signed_in', me: me.value }) : me
        }
        case 'challenged': {
          const { id, kind, expiresAt } = came.challenge
          const reasons = reasonsOf(came.decision?.reasons ?? null)
          const challenge = { id, kind, expires_at: timeOf(expiresAt) }
          const phone_masked = maskPhone(phone)
          return ok({ status: 'challenged', challenge: { ...challenge, phone_masked }, reasons })
        }
        case 'denied':
          return ok(deniedAnswer(came.decision.reasons, false))
      }
    },
    async resetPassword(call) {
      const { phone, id_number: idNumber, code, new_password: newPassword, device } = call.body
      const origin = originOf(call, device)
      const { totp_code: totpCode, recovery_code: recoveryCode } = call.body
      const factor = {
        ...(totpCode !== undefined && { totpCode }),
        ...(recoveryCode !== undefined && { recoveryCode }),
      }
      const wish = { phone, idNumber, code, newPassword, factor }
      const answer = await flows.resetPassword(wish, origin)
      if (!answer.ok) return answer
      const came = answer.value
      if (came.status === 'waiting') {
        const { ripeAt, deviceId: device_id, decisions } = came
        const reasons = reasonsOf(decisions.at(-1)?.reasons ?? null)
        return ok({ status: 'waiting', ripe_at: timeOf(ripeAt), device_id, reasons })
      }
      if (came.status === 'denied') {
        return ok(deniedAnswer(came.decisions.at(-1)?.reasons ?? [], came.callCarrier))
      }
      const me = await enterVisit(options, call, came.session)
      return me.ok ? ok({ status: 'done', me: me.value }) : me
    },
    async signOut({ tokens, setSession }) {
      const token = tokens.customer
      const ended = token === undefined ? null : await flows.signOut(token)
      if (ended !== null && !ended.ok) return ended
      setSession('customer', null)
      return ok({ done: true })
    },
    getMe: ({ actor, token, sessionExpiresAt: expiresAt }) =>
      showMe(flows, actor, { csrfToken: csrfTokenOf(token), expiresAt, simulated }),
  }
}
