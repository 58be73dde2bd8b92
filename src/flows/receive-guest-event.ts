import { fail, ok, type Result } from '#kernel'
import { guestId, takeGuestEvent, type GuestHappening } from '#risk'
import type { FlowContext, Problem } from './context.ts'
import { submit } from './submit.ts'

/** What happened to a customer of another wallet, in its operator's own ids. */
export interface GuestEventInput {
  readonly requestId: string
  readonly customerId: string
  readonly deviceId: string | null
  readonly network: string | null
  readonly happened: GuestHappening
}

/**
 * Remembers an event of a wallet that is not ours, once.
 * Errors: device_not_found, request_malformed (a moment in the future), id_reused, unavailable.
 */
export function createReceiveGuestEvent(context: FlowContext) {
  return async (input: GuestEventInput): Promise<Result<{ readonly taken: true }, Problem>> => {
    const { requestId, customerId, deviceId, happened, network } = input
    const at = 'createdAt' in happened ? happened.createdAt : 0
    if (Math.max(at, 'addedAt' in happened ? happened.addedAt : 0) > context.now()) {
      return fail({ code: 'request_malformed', param: 'at', detail: 'lies in the future' })
    }
    const event = {
      customerId: guestId(customerId),
      deviceId: deviceId === null ? null : guestId(deviceId),
      network,
      happened,
    }
    const taken = await submit(context, takeGuestEvent, {
      owner: 'guard',
      id: `event:${requestId}`,
      input: event,
    })
    if (!taken.ok) return taken
    if ('refused' in taken.value) return fail({ code: 'device_not_found', param: 'device' })
    return ok(taken.value)
  }
}
