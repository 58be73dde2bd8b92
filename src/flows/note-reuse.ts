import type { Command } from '#commit'
import { session, sessionKey, successorOf } from '#identity'
import { cleanChannels, notify } from '#notifications'
import type { FlowContext } from './context.ts'
import { submit } from './submit.ts'

/** Sessions in a row, each in the place of the one before: more than a day of exchanges. */
const longestChain = 200

const endReused: Command<{ customerId: string; sessionIds: readonly string[] }, null> = {
  name: 'identity.end-reused-session',
  reads: ({ sessionIds }) => sessionIds.map((id) => sessionKey(id)),
  apply(state, { customerId, sessionIds }, now) {
    let ended = 0
    for (const id of sessionIds) {
      const found = state.get(session, id)
      if (found === undefined || (found.endedAt !== null && found.endedAt <= now)) continue
      state.put(session, { ...found, endedAt: now })
      ended += 1
    }
    if (ended > 0)
      notify(state, { customerId, channels: cleanChannels, template: 'session_reused' }, now)
    return null
  },
}

/**
 * A token that was exchanged long enough ago came again: two hold it, and we cannot tell which is
 * the owner. The session that took its place ends, and the customer is told.
 */
export async function noteReuse(
  context: Pick<FlowContext, 'sql' | 'lane' | 'ids'>,
  sessionId: string,
): Promise<void> {
  const sessionIds: string[] = []
  let customerId: string | null = null
  let at = await successorOf(context.sql, sessionId)
  while (at !== null && sessionIds.length < longestChain) {
    customerId = at.customerId
    sessionIds.push(at.replacedBy)
    at = await successorOf(context.sql, at.replacedBy)
  }
  if (customerId === null) return
  const id = context.ids.next('req')
  await submit(context, endReused, {
    owner: 'session-reuse',
    id,
    input: { customerId, sessionIds },
  })
}
