import { fail, ok } from '#kernel'
import { carrierEventOf } from '#partners'
import type { Handlers } from '../handler.ts'
import type { HandlerOptions } from '../handlers.ts'

type Names = 'receiveCarrierEvent'

export function partnerHandlers({ flows, log }: HandlerOptions): Handlers<Names> {
  return {
    async receiveCarrierEvent({ body }) {
      const event = carrierEventOf(body)
      if (event === null) {
        log.warn({ type: body.type }, 'the carrier says something of our subscription')
        return ok({ accepted: true })
      }
      const taken = await flows.receiveCarrierEvent(event)
      return taken.ok ? ok({ accepted: true }) : fail(taken.error)
    },
  }
}
