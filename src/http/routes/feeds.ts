import { ok, second } from '#kernel'
import type { Handlers } from '../handler.ts'
import type { HandlerOptions } from '../handlers.ts'
import { timeOrNull } from '../presenters/scalars.ts'

type Names = 'listFeeds'

export function feedHandlers({ flows }: HandlerOptions): Handlers<Names> {
  return {
    async listFeeds() {
      const { networks, feeds } = flows.readFeeds()
      return ok({
        network_ranges: networks,
        data: feeds.map(({ name, kind, state, entries, readAt, maxAgeMs, failure }) => ({
          name,
          kind,
          state,
          entries,
          read_at: timeOrNull(readAt),
          max_age_seconds: maxAgeMs / second,
          failure,
        })),
      })
    },
  }
}
