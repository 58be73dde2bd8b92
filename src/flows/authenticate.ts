import { findSessions, liveSession, sessionIdOf } from '#identity'
import { batchReads, fail, ok, type Instant, type Result } from '#kernel'
import { withTravel } from './assess-terminal.ts'
import type { Actor, DeviceSignals, FlowContext, Problem } from './context.ts'
import { noteReuse } from './note-reuse.ts'

/** What a request shows of itself. */
export interface Shown {
  /** The session cookie. */
  readonly token: string | undefined
  /** The device header. */
  readonly deviceId: string | undefined
  readonly network: string
  readonly signals: DeviceSignals
}

/** The id of every device that keeps its id to itself: known to nobody, trusted by nobody. */
const namelessDevice = 'dev_unknown'

export interface Authenticated {
  readonly actor: Actor
  readonly sessionExpiresAt: Instant
}

/**
 * Who sends this request. One indexed read for all who ask at a time: commands check the session
 * again under the lane. A session used from another device than its own is let in here, and the
 * guard is told.
 * Errors: sign_in_required, session_expired.
 */
export function createAuthenticate(
  context: Pick<FlowContext, 'sql' | 'now' | 'lane' | 'ids' | 'intelligence'>,
) {
  const find = batchReads((ids: readonly string[]) => findSessions(context.sql, ids))
  return async (shown: Shown): Promise<Result<Authenticated, Problem>> => {
    if (shown.token === undefined || shown.token === '') return fail({ code: 'sign_in_required' })
    const sessionId = sessionIdOf(shown.token)
    const live = liveSession(await find(sessionId), context.now())
    if (live === null) {
      await noteReuse(context, sessionId)
      return fail({ code: 'session_expired' })
    }
    const actor: Actor = {
      customerId: live.customerId,
      sessionId: live.sessionId,
      sessionDeviceId: live.deviceId,
      deviceId: shown.deviceId ?? namelessDevice,
      network: shown.network,
      sessionNetwork: live.network,
      signals: withTravel(context, shown.signals, {
        network: shown.network,
        before: { network: live.network, at: live.createdAt },
      }),
    }
    return ok({ actor, sessionExpiresAt: live.expiresAt })
  }
}
