import { csrfTokenOf } from '#identity'
import { ok } from '#kernel'
import type { Handlers } from '../handler.ts'
import type { HandlerOptions } from '../handlers.ts'
import { boardOf, operatorMeOf } from '../presenters/operators.ts'

type Names = 'operatorSignIn' | 'operatorSignOut' | 'getOperatorMe' | 'getBoard' | 'streamBoard'

export function operatorHandlers(options: HandlerOptions): Handlers<Names> {
  const { flows, clock } = options
  const simulated = options.simulation !== null
  const getBoard = async () => ok(boardOf(await flows.readBoard(), clock.now()))
  return {
    async operatorSignIn({ body, setSession }) {
      const signedIn = await flows.operatorSignIn(body)
      if (!signedIn.ok) return signedIn
      const { token, csrfToken } = signedIn.value
      const known = await flows.operatorAuthenticate(token)
      if (!known.ok) return known
      setSession('operator', token)
      return ok(operatorMeOf(known.value, { csrfToken, simulated }))
    },
    async operatorSignOut({ tokens, setSession }) {
      const token = tokens.operator
      const ended = token === undefined ? null : await flows.operatorSignOut(token)
      if (ended !== null && !ended.ok) return ended
      setSession('operator', null)
      return ok({ done: true })
    },
    getOperatorMe: async ({ operator, token }) =>
      ok(operatorMeOf(operator, { csrfToken: csrfTokenOf(token), simulated })),
    getBoard,
    streamBoard: getBoard,
  }
}
