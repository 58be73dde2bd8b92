import { hash } from 'node:crypto'
import { type Instant, encodeJson } from '#kernel'
import { defineRecord } from './record.ts'

/** The stored answer to a request: the same id never gets another one. */
export interface RequestRecord {
  /** `owner/id` */
  id: string
  /** First 64 bits of SHA-256 over the command's name and the client's content. */
  digest: bigint
  /** The answer, as JSON with bigint. */
  outcome: string
  at: Instant
}

export const requestRecord = defineRecord<RequestRecord>({
  name: 'commit.request',
  key: 'id',
  fields: { id: 'text', digest: 'bigint', outcome: 'text', at: 'instant' },
  shortLived: true,
})

/** Fingerprint of what a client asked for; 64 bits: a client that collides fools only itself. */
export function digestOf(commandName: string, content: unknown): bigint {
  const text = `${commandName}\n${encodeJson(content)}`
  return hash('sha256', text, 'buffer').readBigInt64BE(0)
}
