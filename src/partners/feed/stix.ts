import { z } from 'zod'
import { sha256Hex, type Instant } from '#kernel'
import { instant } from '../wire.ts'
import type { ThreatIndicator } from './port.ts'

export const stixMediaType = 'application/taxii+json;version=2.1'

/** STIX 2.1 indicators as far as we use them; other objects are let through and left alone. */
const indicator = z.object({
  type: z.literal('indicator'),
  spec_version: z.literal('2.1'),
  id: z.string().regex(/^indicator--[0-9a-f-]{36}$/),
  modified: instant,
  pattern: z.string().max(5_000),
  pattern_type: z.string(),
  valid_from: instant,
  valid_until: instant.optional(),
  revoked: z.boolean().optional(),
})
const other = z.looseObject({ type: z.string().refine((type) => type !== 'indicator') })

/** TAXII 2.1: a page of a collection. */
export const taxiiEnvelope = z.object({
  more: z.boolean().default(false),
  next: z.string().max(500).optional(),
  objects: z.array(z.union([indicator, other])).default([]),
})
export type StixObject = z.output<typeof taxiiEnvelope>['objects'][number]

const urlPattern = /url:value\s*=\s*'((?:[^'\\]|\\.)+)'/g
const filePattern = /file:hashes\.(?:'SHA-256'|"SHA-256"|SHA256)\s*=\s*'([0-9a-fA-F]{64})'/g

/**
 * What the objects list at that moment; of several versions of one indicator the last counts. Only
 * patterns that are one comparison or an OR of them are read: of others a part would be too much.
 */
export function indicatorsOf(objects: readonly StixObject[], now: Instant): ThreatIndicator[] {
  const latest = new Map<string, z.output<typeof indicator>>()
  for (const object of objects) {
    const read = isIndicator(object) ? object : undefined
    if (read === undefined || (latest.get(read.id)?.modified ?? -1) > read.modified) continue
    latest.set(read.id, read)
  }
  return [...latest.values()].flatMap((one) => {
    const isOver = one.revoked === true || (one.valid_until ?? Infinity) <= now
    if (isOver || one.valid_from > now || one.pattern_type !== 'stix') return []
    if (/\b(AND|NOT|FOLLOWEDBY)\b/.test(one.pattern.replaceAll(/'(?:[^'\\]|\\.)*'/g, ''))) return []
    const urls = [...one.pattern.matchAll(urlPattern)].map(([, url = '']) => ({
      id: one.id,
      kind: 'url' as const,
      sha256: sha256Hex(url.replaceAll(/\\(.)/g, '$1')),
    }))
    const files = [...one.pattern.matchAll(filePattern)].map(([, hash = '']) => ({
      id: one.id,
      kind: 'file' as const,
      sha256: hash.toLowerCase(),
    }))
    return [...urls, ...files]
  })
}

function isIndicator(object: StixObject): object is z.output<typeof indicator> {
  return object.type === 'indicator'
}
