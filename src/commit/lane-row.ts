import type { Row } from 'postgres'
import { required } from '#kernel'
import type { LaneState } from './store.ts'

/** Locks the lane's row and answers it. */
export const laneText = `select seq, next_number,
  (extract(epoch from last_instant) * 1000)::float8 as last_instant
  from commit.lane where shard = $1 for update`

export function laneOf(rows: Row[] | undefined): LaneState {
  const row = required(rows?.[0], 'lane row: is the database migrated?')
  return {
    seq: BigInt(String(row['seq'])),
    lastInstant: Number(row['last_instant']),
    nextNumber: BigInt(String(row['next_number'])),
  }
}
