import { defineRecord, keyOf, type Key, type View } from '#commit'
import { day, hour, type Instant } from '#kernel'
import { customerIn } from './customer.ts'

/**
 * A reset that has nothing but a text and an ID number, both of which thieves have, waits: the
 * owner is told on all his devices, and ends it by signing in or by freezing.
 */
interface ResetWait {
  /** `cus_…/dev_…`: the customer, and the device on which the reset was asked for. */
  readonly id: string
  readonly openedAt: Instant
  readonly usedAt: Instant | null
}

const resetWait = defineRecord<ResetWait>({
  name: 'identity.reset_wait',
  key: 'id',
  fields: { id: 'text', openedAt: 'instant', usedAt: 'instant' },
})

const waitMs = 24 * hour
/** Who does not come back within this time begins anew. */
const serveMs = 4 * day

export interface Resetting {
  readonly customerId: string
  readonly deviceId: string
}

function idOf({ customerId, deviceId }: Resetting): string {
  return `${customerId}/${deviceId}`
}

export function resetWaitKey(resetting: Resetting): Key {
  return keyOf(resetWait, idOf(resetting))
}

export type Waited =
  | { readonly status: 'over' }
  | { readonly status: 'waiting'; readonly ripeAt: Instant; readonly opened: boolean }

/**
 * Has this device waited long enough? Begins a wait where none runs; one that is over serves once.
 * Needs the customer's key.
 */
export function waitForReset(state: View, resetting: Resetting, now: Instant): Waited {
  const id = idOf(resetting)
  const found = state.get(resetWait, id)
  const { lastSignInAt, frozenAt } = customerIn(state, resetting.customerId)
  const undone = Math.max(lastSignInAt ?? -1, frozenAt ?? -1)
  const runs =
    found !== undefined &&
    found.usedAt === null &&
    now - found.openedAt < serveMs &&
    // The owner was there in the meantime: he knows his password, or he said stop.
    undone < found.openedAt
  if (!runs) {
    // A clock may stand still: what comes after a sign-in is a millisecond later.
    const openedAt = Math.max(now, undone + 1)
    state.put(resetWait, { id, openedAt, usedAt: null })
    return { status: 'waiting', ripeAt: openedAt + waitMs, opened: true }
  }
  const ripeAt = found.openedAt + waitMs
  if (now < ripeAt) return { status: 'waiting', ripeAt, opened: false }
  state.put(resetWait, { ...found, usedAt: now })
  return { status: 'over' }
}
