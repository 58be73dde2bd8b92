import type { Command } from '#commit'
import {
  customer,
  customerIn,
  customerKey,
  session,
  sessionKey,
  sessionsOf,
  withSessionsEnded,
  type SessionView,
} from '#identity'
import { fail, ok, type Result } from '#kernel'
import type { Actor, FlowContext, Problem } from './context.ts'
import { submit } from './submit.ts'

const endOne: Command<{ customerId: string; id: string }, { found: boolean }> = {
  name: 'identity.end-session',
  reads: ({ id }) => [sessionKey(id)],
  apply(state, { customerId, id }, now) {
    const found = state.get(session, id)
    if (found === undefined || found.customerId !== customerId) return { found: false }
    if (found.endedAt === null || found.endedAt > now)
      state.put(session, { ...found, endedAt: now })
    return { found: true }
  },
}

const endAll: Command<{ customerId: string }, null> = {
  name: 'identity.end-all-sessions',
  reads: ({ customerId }) => [customerKey(customerId)],
  apply(state, { customerId }, now) {
    state.put(customer, withSessionsEnded(customerIn(state, customerId), now))
    return null
  },
}

/** Ends one session of the customer's, his own too. Errors: session_not_found. */
export function createEndSession(context: FlowContext) {
  return async (
    { customerId }: Pick<Actor, 'customerId'>,
    input: { requestId: string; sessionId: string },
  ): Promise<Result<{ ended: true }, Problem>> => {
    const { sessionId: id } = input
    const answer = await submit(context, endOne, {
      owner: customerId,
      id: input.requestId,
      content: { end: id },
      input: { customerId, id },
    })
    if (!answer.ok) return answer
    return answer.value.found ? ok({ ended: true }) : fail({ code: 'session_not_found' })
  }
}

/** Ends every session of the customer's by one instant, this one with them. */
export function createEndAllSessions(context: FlowContext) {
  return async (
    { customerId }: Pick<Actor, 'customerId'>,
    { requestId: id }: { requestId: string },
  ): Promise<Result<{ ended: true }, Problem>> => {
    const request = { owner: customerId, id, content: 'end all', input: { customerId } }
    const answer = await submit(context, endAll, request)
    return answer.ok ? ok({ ended: true }) : answer
  }
}

/** A customer's sessions that live, the last one opened first. */
export function createReadSessions(context: Pick<FlowContext, 'sql' | 'now'>) {
  return ({ customerId }: Pick<Actor, 'customerId'>): Promise<SessionView[]> =>
    sessionsOf(context.sql, customerId, context.now())
}
