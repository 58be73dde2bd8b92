import type { Clock } from '#kernel'
import type { DueKind } from '#flows'

export interface JobsOptions {
  /** Does what is due now. */
  readonly runDue: (kind: DueKind) => Promise<void>
  /** When something is due next, in business time. */
  readonly nextDue: (after: number) => Promise<{ at: number; kind: DueKind }>
  /** Business time and how fast it runs (simulated per real millisecond). */
  readonly now: () => number
  readonly rate: () => Promise<number>
  readonly clock: Clock
  /** Tells when a commit left messages for the jobs. Returns an unsubscribe. */
  readonly onEmitted: (listener: () => void) => () => void
  readonly onError: (error: unknown) => void
  /** Number of the newest message nobody acted on; null: none waits. */
  readonly newestMessage: () => Promise<bigint | null>
  /** All messages up to this one were acted on. */
  readonly markDelivered: (upTo: bigint) => Promise<void>
}

export interface Jobs {
  /** Stops waking up and waits for the work in hand. */
  close(): Promise<void>
}

/** Looks again at least so often: another process may have died with its messages undelivered. */
const longestSleepMs = 15_000
const shortestSleepMs = 50

/**
 * Work that waits for no person. It sleeps until the next deadline and is woken by commits that
 * left a message; it never polls in between. Only one round runs at a time.
 */
export function createJobs(options: JobsOptions): Jobs {
  const { runDue, nextDue, now, rate, onEmitted, onError } = options
  const { newestMessage, markDelivered } = options
  let closed = false
  let wake: () => void = () => undefined
  let woken = true
  const unsubscribe = onEmitted(() => {
    woken = true
    wake()
  })

  async function sleepUntilDue(): Promise<void> {
    if (woken) return
    const speed = await rate()
    const { at } = await nextDue(now())
    const realMs = speed <= 0 ? longestSleepMs : (at - now()) / speed
    const ms = Math.min(longestSleepMs, Math.max(shortestSleepMs, realMs))
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms)
      wake = () => {
        clearTimeout(timer)
        resolve()
      }
      if (woken || closed) wake()
    })
  }

  async function run(): Promise<void> {
    while (!closed) {
      try {
        await sleepUntilDue()
        if (closed) return
        woken = false
        // What arrives during the round may have come too late for it: it waits for the next one.
        const newest = await newestMessage()
        await runDue('all')
        if (newest !== null) await markDelivered(newest)
      } catch (error) {
        onError(error)
        woken = true
        await new Promise((resolve) => setTimeout(resolve, 500))
      }
    }
  }

  const running = run()
  return {
    async close() {
      closed = true
      unsubscribe()
      wake()
      await running
    },
  }
}
