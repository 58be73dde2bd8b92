import { csrfTokenOf } from '#identity'
import { fail, ok, type Result } from '#kernel'
import type { OperatorMe } from '#contract'
import type { FlowProblem, OperatorSignedIn } from '#flows'
import type { Handlers, OperatorCaller, Visit } from '../handler.ts'
import type { HandlerOptions } from '../handlers.ts'
import { boardOf, operatorMeOf } from '../presenters/operators.ts'
import { passkeyCreationOf, passkeyRequestOf } from '../presenters/passkeys.ts'

type Names =
  | 'operatorSignIn'
  | 'beginOperatorPasskeySignIn'
  | 'operatorPasskeySignIn'
  | 'beginOperatorTotp'
  | 'confirmOperatorTotp'
  | 'beginOperatorPasskey'
  | 'addOperatorPasskey'
  | 'operatorSignOut'
  | 'getOperatorMe'
  | 'getBoard'
  | 'streamBoard'

export function operatorHandlers(options: HandlerOptions): Handlers<Names> {
  const { flows, clock } = options
  const simulated = options.simulation !== null
  const getBoard = async () => ok(boardOf(await flows.readBoard(), clock.now()))

  async function meOf(token: string): Promise<Result<OperatorMe, FlowProblem>> {
    const known = await flows.operatorAuthenticate(token)
    if (!known.ok) return known
    return ok(operatorMeOf(known.value, { csrfToken: csrfTokenOf(token), simulated }))
  }

  async function entered(
    signedIn: Result<OperatorSignedIn, FlowProblem>,
    { setSession }: Pick<Visit, 'setSession'>,
  ): Promise<Result<OperatorMe, FlowProblem>> {
    if (!signedIn.ok) return signedIn
    const { token } = signedIn.value
    const me = await meOf(token)
    if (me.ok) setSession('operator', token)
    return me
  }

  return {
    async operatorSignIn(call) {
      const { code, ...who } = call.body
      const shown = { ...who, network: call.network, ...(code !== undefined && { code }) }
      return entered(await flows.operatorSignIn(shown), call)
    },
    beginOperatorPasskeySignIn: async () =>
      ok(passkeyRequestOf(flows.beginOperatorPasskeySignIn())),
    async operatorPasskeySignIn(call) {
      const { challenge_id: challengeId, credential } = call.body
      const used = { id: credential.id, ...credential.response }
      return entered(await flows.operatorPasskeySignIn({ challengeId, used }), call)
    },
    beginOperatorTotp: (call) => flows.beginOperatorTotp(callerOf(call)),
    async confirmOperatorTotp(call) {
      const confirmed = await flows.confirmOperatorTotp(callerOf(call), call.body.code)
      return confirmed.ok ? meOf(call.token) : fail(confirmed.error)
    },
    beginOperatorPasskey: async ({ operator }) =>
      ok(passkeyCreationOf(flows.beginOperatorPasskey(operator))),
    async addOperatorPasskey(call) {
      const { challenge_id: challengeId, name, credential } = call.body
      const { clientDataJSON, attestationObject } = credential.response
      const made = { id: credential.id, clientDataJSON, attestationObject }
      const added = await flows.addOperatorPasskey(callerOf(call), { challengeId, name, made })
      return added.ok ? meOf(call.token) : fail(added.error)
    },
    async operatorSignOut({ tokens, setSession }) {
      const token = tokens.operator
      const ended = token === undefined ? null : await flows.operatorSignOut(token)
      if (ended !== null && !ended.ok) return ended
      setSession('operator', null)
      return ok({ done: true })
    },
    getOperatorMe: ({ token }) => meOf(token),
    getBoard,
    streamBoard: getBoard,
  }
}

function callerOf({ operator, token }: OperatorCaller): OperatorCaller {
  return { operator, token }
}
