import type { Sql } from '#database'
import { createVerify, type CheckedInvariants } from '#flows'
import type { Instant } from '#kernel'
import type { Logger } from '#observability'

/** Between two checks; the first one comes after a tenth of it. */
const everyMs = 60_000

/** Checks every invariant once a minute, beside the work, and remembers what it found. */
export function checkInvariants(options: { reader: Sql; now: () => Instant; log: Logger }): {
  /** null before the first check. */
  last(): CheckedInvariants | null
  close(): Promise<void>
} {
  const { reader, now, log } = options
  // The hash chain is walked by `coffer verify`: once a minute it would cost more than it tells.
  const verify = createVerify({ sql: reader, walkSeals: false })
  let found: CheckedInvariants | null = null
  let closed = false
  let running: Promise<void> = Promise.resolve()
  let timer = setTimeout(start, everyMs / 10)
  timer.unref()

  function start(): void {
    running = check().finally(() => {
      if (closed) return
      timer = setTimeout(start, everyMs)
      timer.unref()
    })
  }

  async function check(): Promise<void> {
    try {
      const { invariants, external } = await verify()
      const broken = [
        ...invariants.filter((each) => !each.ok).map(({ id }) => id),
        ...external.filter((each) => !each.equal).map(({ partner }) => partner),
      ]
      found = { at: now(), checked: invariants.length + external.length, broken }
      if (broken.length > 0) log.error({ broken }, 'an invariant does not hold')
    } catch (error) {
      log.warn({ error }, 'the invariants could not be checked')
    }
  }

  return {
    last: () => found,
    async close() {
      closed = true
      clearTimeout(timer)
      await running
    },
  }
}
