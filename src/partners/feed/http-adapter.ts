import type { HttpPartnerOptions } from '../http-call.ts'
import type { FeedFailure, ThreatFeed } from './port.ts'
import { indicatorsOf, stixMediaType, taxiiEnvelope, type StixObject } from './stix.ts'

export interface TaxiiOptions extends Omit<HttpPartnerOptions, 'ids'> {
  /** Of the collection below the API root that `baseUrl` names. */
  readonly collection: string
  /** Pages of 1,000 read at most; a feed with more is not believed. Default 1,000. */
  readonly mostPages?: number
}

const pageSize = 1_000
const longestPage = 20_000_000

type Page = { readonly objects: StixObject[]; readonly next: string | null }

/** A collection of STIX 2.1 bundles behind TAXII 2.1, read whole, page by page. */
export function createTaxiiFeed(options: TaxiiOptions): ThreatFeed {
  const { baseUrl, collection, mostPages = 1_000, timeoutMs = 10_000 } = options
  const fetch = options.fetch ?? globalThis.fetch
  const path = `${baseUrl}/collections/${encodeURIComponent(collection)}/objects/`

  async function page(next: string | null): Promise<Page | FeedFailure> {
    const query = new URLSearchParams({ limit: String(pageSize), 'match[type]': 'indicator' })
    if (next !== null) query.set('next', next)
    const { token } = options
    try {
      const response = await fetch(`${path}?${query.toString()}`, {
        redirect: 'error',
        signal: AbortSignal.timeout(timeoutMs),
        headers: {
          accept: stixMediaType,
          ...(token !== undefined && { authorization: `Bearer ${token}` }),
        },
      })
      const text = await response.text()
      if (response.status !== 200) return failureOf(response.status)
      if (text.length > longestPage) return 'malformed_answer'
      return pageOf(text)
    } catch (error) {
      return error instanceof Error && error.name === 'TimeoutError' ? 'timeout' : 'unavailable'
    }
  }

  return {
    async readAll(now) {
      const objects: StixObject[] = []
      let next: string | null = null
      for (let read = 0; read < mostPages; read += 1) {
        const got: Page | FeedFailure = await page(next)
        if (typeof got === 'string') return { unknown: got }
        objects.push(...got.objects)
        if (got.next === null) return { value: indicatorsOf(objects, now) }
        next = got.next
      }
      return { unknown: 'malformed_answer' }
    },
  }
}

function pageOf(text: string): Page | FeedFailure {
  let body: unknown
  try {
    body = JSON.parse(text)
  } catch {
    return 'malformed_answer'
  }
  const read = taxiiEnvelope.safeParse(body)
  if (!read.success) return 'malformed_answer'
  const { more, next, objects } = read.data
  // Without its name the rest cannot be had: half a list must not pass for a whole one.
  if (more && next === undefined) return 'malformed_answer'
  return { objects, next: more ? (next ?? null) : null }
}

function failureOf(status: number): FeedFailure {
  if (status === 429) return 'rate_limited'
  if (status === 404) return 'not_found'
  if (status === 408 || status === 504) return 'timeout'
  return status >= 500 ? 'unavailable' : 'refused'
}
