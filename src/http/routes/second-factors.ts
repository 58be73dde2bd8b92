import { ok } from '#kernel'
import type { Handlers } from '../handler.ts'
import type { HandlerOptions } from '../handlers.ts'
import { timeOrNull } from '../presenters/scalars.ts'

type Names = 'getSecondFactors' | 'beginTotp' | 'removeTotp' | 'makeRecoveryCodes'

export function secondFactorHandlers({ flows }: HandlerOptions): Handlers<Names> {
  return {
    async getSecondFactors({ actor }) {
      const { totpSince, recoveryCodesLeft } = await flows.readSecondFactors(actor)
      return ok({ totp_since: timeOrNull(totpSince), recovery_codes_left: recoveryCodesLeft })
    },
    beginTotp: ({ actor, body }) => flows.beginTotp(actor, body),
    async removeTotp({ actor, key: requestId, body }) {
      const removed = await flows.removeTotp(actor, { requestId, ...body })
      return removed.ok ? ok({ done: true }) : removed
    },
    makeRecoveryCodes({ actor, key: requestId, body }) {
      const { password, totp_code: totpCode } = body
      const wish = { requestId, password, ...(totpCode !== undefined && { totpCode }) }
      return flows.makeRecoveryCodes(actor, wish)
    },
  }
}
