import type { FastifyInstance } from 'fastify'
import { sha256Hex, toRfc3339, type Instant } from '#kernel'
import { misbehave } from '../http-reply.ts'
import { isPassing } from '../passing-failure.ts'
import type { FeedFailure, ThreatFeed } from './port.ts'
import { indicatorsOf, stixMediaType, taxiiEnvelope } from './stix.ts'

/** Something to be listed; `until` and `revoked` end it. */
export interface Sighted {
  readonly url?: string
  readonly fileSha256?: string
  readonly from: Instant
  readonly until?: Instant
  readonly revoked?: boolean
}

/** A feed to be filled by a scenario, served as TAXII 2.1 below wherever it is mounted. */
export interface FeedSimulator extends ThreatFeed {
  list(seen: Sighted): void
  /** Puts it out of order, and back (null). */
  setFault(fault: FeedFailure | null): void
  routes(collection: string): (app: FastifyInstance) => Promise<void>
}

export function createFeedSimulator(): FeedSimulator {
  const objects: object[] = []
  let fault: FeedFailure | null = null
  return {
    async readAll(now) {
      if (fault !== null) return { unknown: fault }
      return { value: indicatorsOf(taxiiEnvelope.parse({ objects }).objects, now) }
    },
    list(seen) {
      objects.push(stixOf(seen))
    },
    setFault(next) {
      fault = next
    },
    routes: (collection) => async (app) => {
      app.get('/collections/:id/objects/', async (request, reply) => {
        const { id } = request.params as { id: string }
        const { limit, next } = request.query as { limit?: string; next?: string }
        if (request.headers.accept !== stixMediaType) return reply.code(406).send({})
        if (fault !== null && isPassing(fault)) return misbehave(reply, fault)
        if (fault !== null) return reply.code(fault === 'refused' ? 403 : 404).send({})
        if (id !== collection) return reply.code(404).send({ title: 'no such collection' })
        const from = Number(next ?? 0)
        const to = from + Math.min(Number(limit ?? 2), 2)
        const more = to < objects.length
        const body = { objects: objects.slice(from, to), ...(more && { more, next: String(to) }) }
        return reply.type(stixMediaType).send(JSON.stringify(body))
      })
    },
  }
}

function stixOf({ url, fileSha256, from, until, revoked }: Sighted): object {
  const pattern =
    url === undefined
      ? `[file:hashes.'SHA-256' = '${fileSha256 ?? ''}']`
      : `[url:value = '${url.replaceAll(/['\\]/g, String.raw`\$&`)}']`
  const hex = sha256Hex(pattern).slice(0, 32)
  const uuid = [0, 8, 12, 16, 20].map((at, n) => hex.slice(at, [8, 12, 16, 20, 32][n])).join('-')
  return {
    type: 'indicator',
    spec_version: '2.1',
    id: `indicator--${uuid}`,
    created: toRfc3339(from),
    modified: toRfc3339(from),
    pattern,
    pattern_type: 'stix',
    valid_from: toRfc3339(from),
    ...(until !== undefined && { valid_until: toRfc3339(until) }),
    ...(revoked === true && { revoked }),
  }
}
