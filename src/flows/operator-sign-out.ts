import type { Command } from '#commit'
import { operatorSession, operatorSessionIdOf, operatorSessionKey } from '#identity'
import { ok, type Result } from '#kernel'
import type { FlowContext, Problem } from './context.ts'
import { submit } from './submit.ts'

const signOut: Command<{ sessionId: string }, null> = {
  name: 'identity.operator-sign-out',
  reads: ({ sessionId }) => [operatorSessionKey(sessionId)],
  apply(state, { sessionId }, now) {
    const found = state.get(operatorSession, sessionId)
    if (found !== undefined && found.endedAt === null) {
      state.put(operatorSession, { ...found, endedAt: now })
    }
    return null
  },
}

/** Ends the session of this token, if there is one. No errors of its own. */
export function createOperatorSignOut(context: FlowContext) {
  return async (token: string): Promise<Result<{ done: true }, Problem>> => {
    const sessionId = operatorSessionIdOf(token)
    const request = { owner: 'sign-out', id: sessionId, input: { sessionId } }
    const answer = await submit(context, signOut, request)
    return answer.ok ? ok({ done: true }) : answer
  }
}
