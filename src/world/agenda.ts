import type { Instant } from '#kernel'

/** What shall happen at moments to come, in simulated time. */
export interface Agenda {
  add(at: Instant, work: () => Promise<void>): void
  /** Takes out what is due, earliest first; what came at the same moment, in the order it came. */
  takeDue(now: Instant): (() => Promise<void>)[]
  /** The moment of the earliest; null: nothing waits. */
  nextAt(): Instant | null
}

export function createAgenda(): Agenda {
  let waiting: { at: Instant; nth: number; work: () => Promise<void> }[] = []
  let added = 0
  return {
    add(at, work) {
      added += 1
      waiting.push({ at, nth: added, work })
    },
    takeDue(now) {
      const due = waiting.filter(({ at }) => at <= now)
      if (due.length === 0) return []
      waiting = waiting.filter(({ at }) => at > now)
      return due.toSorted((a, b) => a.at - b.at || a.nth - b.nth).map(({ work }) => work)
    },
    nextAt: () =>
      waiting.reduce<Instant | null>((least, { at }) => {
        return least === null || at < least ? at : least
      }, null),
  }
}
