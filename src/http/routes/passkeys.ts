import { ok, required } from '#kernel'
import type { Handlers } from '../handler.ts'
import type { HandlerOptions } from '../handlers.ts'
import { originOf } from '../origin-of.ts'
import { passkeyCreationOf, passkeyOf, passkeyRequestOf } from '../presenters/passkeys.ts'
import { paymentOf } from '../presenters/payments.ts'
import { deniedAnswer } from '../presenters/sign-in.ts'
import { enterVisit } from '../enter-visit.ts'

type Names =
  | 'beginPasskeySignIn'
  | 'signInWithPasskey'
  | 'listPasskeys'
  | 'beginPasskey'
  | 'addPasskey'
  | 'removePasskey'
  | 'beginConfirmation'
  | 'confirmPayment'

export function passkeyHandlers(options: HandlerOptions): Handlers<Names> {
  const { flows } = options
  return {
    beginPasskeySignIn: async () => ok(passkeyRequestOf(flows.beginPasskeySignIn())),
    async signInWithPasskey(call) {
      const { challenge_id: challengeId, credential, device } = call.body
      const used = { id: credential.id, ...credential.response }
      const answer = await flows.signInWithPasskey({ challengeId, used }, originOf(call, device))
      if (!answer.ok) return answer
      const came = answer.value
      if (came.status === 'denied') return ok(deniedAnswer(came.decision.reasons, false))
      const me = await enterVisit(options, call, came.session)
      return me.ok ? ok({ status: 'signed_in', me: me.value }) : me
    },
    async listPasskeys({ actor }) {
      return ok({ data: (await flows.readPasskeys(actor)).map(passkeyOf) })
    },
    async beginPasskey({ actor }) {
      const begun = await flows.beginPasskey(actor)
      return begun.ok ? ok(passkeyCreationOf(begun.value)) : begun
    },
    async addPasskey({ actor, key: requestId, body }) {
      const { challenge_id: challengeId, name, password, credential } = body
      const { transports = [], ...response } = credential.response
      const made = { id: credential.id, ...response }
      const wish = { requestId, challengeId, name, password, transports, made }
      const added = await flows.addPasskey(actor, wish)
      return added.ok ? ok(passkeyOf(added.value)) : added
    },
    async removePasskey({ actor, key: requestId, params, body }) {
      const wish = { requestId, id: params.id, password: body.password }
      const removed = await flows.removePasskey(actor, wish)
      return removed.ok ? ok({ done: true }) : removed
    },
    async beginConfirmation({ actor, params }) {
      const begun = await flows.beginConfirmation(actor, params.id)
      return begun.ok ? ok(passkeyRequestOf(begun.value)) : begun
    },
    async confirmPayment({ actor, key: requestId, params, body }) {
      const { challenge_id: challengeId, credential } = body
      const used = { id: credential.id, ...credential.response }
      const wish = { requestId, paymentId: params.id, challengeId, used }
      const confirmed = await flows.confirmPayment(actor, wish)
      if (!confirmed.ok) return confirmed
      const [view] = await flows.showPayments(actor, [confirmed.value], { fresh: true })
      return ok(paymentOf(required(view, `view of ${confirmed.value.id}`)))
    },
  }
}
