import type { Instant } from '#kernel'
import { defineLog } from './record.ts'

/** A message written in the same commit as what it tells of. */
export interface OutboxRow {
  number: bigint
  topic: string
  payload: unknown
  at: Instant
  deliveredAt: Instant | null
}

export const outbox = defineLog<OutboxRow>({
  name: 'commit.outbox',
  fields: {
    number: 'bigint',
    topic: 'text',
    payload: 'json',
    at: 'instant',
    deliveredAt: 'instant',
  },
})
