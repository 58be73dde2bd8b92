import { hour } from '#kernel'
import type { FlowContext } from './context.ts'

/** Feeds ask not to be read more often, and change slowly. */
const everyMs = hour / 2

/**
 * Reads every feed whole, at most every half an hour of real time, one reading at a time. A feed
 * that fails keeps what it listed, ages, and says why: nothing is thrown.
 */
export function createRefreshFeeds(context: FlowContext): () => Promise<void> {
  const { intelligence, log } = context
  let nextAt = 0
  let isReading = false

  async function readAll(): Promise<void> {
    for (const { name, kind, feed } of intelligence?.feeds ?? []) {
      const answer = await feed.readAll(context.now())
      if ('unknown' in answer) {
        log.warn({ feed: name, reason: answer.unknown }, 'a feed of threats could not be read')
        intelligence?.threats.fail(name, answer.unknown)
        continue
      }
      const hashes = answer.value.flatMap((one) => (one.kind === kind ? [one.sha256] : []))
      intelligence?.threats.replace(name, { hashes, at: context.now() })
    }
  }

  return async () => {
    if (isReading || context.realNow() < nextAt) return
    isReading = true
    nextAt = context.realNow() + everyMs
    try {
      await readAll()
    } finally {
      isReading = false
    }
  }
}
