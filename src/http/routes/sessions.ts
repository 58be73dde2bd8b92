import { ok } from '#kernel'
import { enterVisit } from '../enter-visit.ts'
import type { Handlers } from '../handler.ts'
import type { HandlerOptions } from '../handlers.ts'
import { sessionOf } from '../presenters/identity.ts'
import { signatureIn } from '../signature-in.ts'

type Names = 'listSessions' | 'endSession' | 'endAllSessions' | 'rotateSession'

export function sessionHandlers(options: HandlerOptions): Handlers<Names> {
  const { flows } = options
  return {
    async listSessions({ actor }) {
      const sessions = await flows.readSessions(actor)
      return ok({ data: sessions.map((view) => sessionOf(view, actor.sessionId)) })
    },
    async endSession({ actor, key: requestId, params }) {
      const ended = await flows.endSession(actor, { requestId, sessionId: params.id })
      return ended.ok ? ok({ done: true }) : ended
    },
    async endAllSessions({ actor, key: requestId, setSession }) {
      const ended = await flows.endAllSessions(actor, { requestId })
      if (!ended.ok) return ended
      setSession('customer', null)
      return ok({ done: true })
    },
    async rotateSession(call) {
      const rotated = await flows.rotateSession(call.actor, signatureIn(call.body))
      return rotated.ok ? enterVisit(options, call, rotated.value) : rotated
    },
  }
}
