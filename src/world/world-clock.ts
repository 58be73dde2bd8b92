import { moveTestClock } from '#commit'
import { type Instant, invariant } from '#kernel'
import type { WorldParts } from './parts.ts'

/** Simulated time while the history is made: it stands still except for these moves. */
export interface WorldClock {
  now(): Instant
  /** Forward to an instant; everything that is due on the way is done at its moment. */
  to(instant: Instant): Promise<void>
  /** The same, then whatever waits for no person. */
  toSlot(instant: Instant): Promise<void>
  /** Forward over a time in which the product has nothing to do at all. */
  skipTo(instant: Instant): Promise<void>
  /** Time that runs stands still from now on. */
  stop(): Promise<void>
}

export function createWorldClock({ flows, context }: WorldParts): WorldClock {
  const { lane, ids, now, realNow } = context

  /** null: where it is when the command is applied, not when it is asked for: time may run. */
  async function standAt(to: Instant | null): Promise<void> {
    const input = { to, rate: 0, real: realNow() }
    const request = { owner: 'world', id: ids.next('clk'), content: { to }, input }
    const done = await lane.submit(moveTestClock, request)
    invariant(done.status === 'done', `the clock cannot be moved: ${done.status}`)
    invariant(done.output.moved, 'the clock was already past the moment')
  }

  /** True when something was due on the way. */
  async function advance(to: Instant): Promise<boolean> {
    if (to <= now()) return false
    const next = await flows.nextDue(now())
    if (next.at > to) {
      await standAt(to)
      return false
    }
    const advanced = await flows.advanceClock({ to, rate: 0 })
    invariant(advanced.ok, advanced.ok ? '' : `the clock stopped: ${advanced.error.code}`)
    return true
  }

  return {
    now,
    skipTo: standAt,
    stop: () => standAt(null),
    async to(instant) {
      await advance(instant)
    },
    async toSlot(instant) {
      if (!(await advance(instant))) await flows.runDue('all')
    },
  }
}
