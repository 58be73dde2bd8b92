import type { Instant } from '#kernel'

/** `review`: decided by then. `payment`: the victim has the principal by then. */
export type ClockKind = 'review' | 'payment'

/** A date promised to the victim. It runs until it is met; past `due` it is breached, for ever. */
export interface ClaimClock {
  readonly kind: ClockKind
  readonly started: Instant
  readonly due: Instant
  readonly met: Instant | null
  readonly breached: boolean
}

export function startClock(
  clocks: readonly ClaimClock[],
  clock: { kind: ClockKind; due: Instant },
  now: Instant,
): ClaimClock[] {
  return [
    ...clocks.filter(({ kind }) => kind !== clock.kind),
    { kind: clock.kind, started: now, due: clock.due, met: null, breached: false },
  ]
}

/** The promise is kept, or kept too late. A clock that was met before stays as it was. */
export function meetClock(
  clocks: readonly ClaimClock[],
  kind: ClockKind,
  now: Instant,
): ClaimClock[] {
  return clocks.map((clock) =>
    clock.kind === kind && clock.met === null
      ? { ...clock, met: now, breached: clock.breached || now > clock.due }
      : clock,
  )
}

/** A declined claim owes no payment: the clocks that still run are taken away. */
export function dropRunning(clocks: readonly ClaimClock[]): ClaimClock[] {
  return clocks.filter(({ met }) => met !== null)
}

/** Marks what is overdue; answers the kinds newly breached. */
export function breachClocks(
  clocks: readonly ClaimClock[],
  now: Instant,
): { clocks: ClaimClock[]; breached: ClockKind[] } {
  const breached: ClockKind[] = []
  const marked = clocks.map((clock) => {
    if (clock.met !== null || clock.breached || now <= clock.due) return clock
    breached.push(clock.kind)
    return { ...clock, breached: true }
  })
  return { clocks: marked, breached }
}

/** When the next promise falls due: the claim needs nobody's look before. */
export function nextDue(clocks: readonly ClaimClock[]): Instant | null {
  const running = clocks.filter(({ met, breached }) => met === null && !breached)
  return running.length === 0 ? null : Math.min(...running.map(({ due }) => due))
}
