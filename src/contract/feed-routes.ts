import { z } from 'zod'
import type { Route } from './route.ts'
import { time } from './scalars.ts'

const threatFeed = z
  .object({
    name: z.string(),
    kind: z.enum(['url', 'file']),
    /** A feed that is `stale` or was `never_read` is not believed: what it would say is unknown. */
    state: z.enum(['fresh', 'stale', 'never_read']),
    entries: z.number().int(),
    read_at: time.nullable(),
    max_age_seconds: z.number().int(),
    /** Why the last reading failed. */
    failure: z.string().nullable(),
  })
  .meta({ id: 'ThreatFeed' })

export const feeds = z.object({
  /** Ranges in the list of networks; null: there is none. */
  network_ranges: z.number().int().nullable(),
  data: z.array(threatFeed),
})

/** How what we know from outside is doing. */
export const feedRoutes = {
  listFeeds: {
    auth: 'operator',
    idempotent: false,
    method: 'GET',
    path: '/v1/operator/feeds',
    tag: 'Board',
    summary: 'Feeds of threats and the list of networks, with age and health',
    status: 200,
    answer: feeds,
    errors: [],
  },
} as const satisfies Record<string, Route>
