import type { Sql } from '#database'
import { stopwatch } from '#kernel'

/** The rules of the product that are checked on the books themselves. */
export const invariantIds = [
  'I1',
  'I2',
  'I3',
  'I4',
  'I5',
  'I6',
  'I7',
  'I8',
  'I9',
  'I10',
  'I11',
  'I12',
] as const
export type InvariantId = (typeof invariantIds)[number]

/** How many things were looked at, and (at most 20) those that break the rule, in words. */
export interface InvariantResult {
  readonly id: InvariantId
  readonly ok: boolean
  readonly checked: number
  readonly broken: readonly string[]
  /** Real milliseconds it took, beside whatever else was checked meanwhile. */
  readonly ms: number
  /** Says why nothing was there to check, or what could not be compared. */
  readonly note?: string
}

/** One invariant to be checked, on any connection that sees the snapshot. */
export interface Check {
  readonly id: InvariantId
  find(sql: Sql): Promise<Found>
}

/** What a check has seen; `note` where something could not be compared. */
export interface Found {
  readonly checked: number
  readonly broken: readonly string[]
  readonly note?: string | undefined
}

const whenNothing: Record<InvariantId, string> = {
  I1: 'no entry has been posted yet',
  I2: 'no account is open yet',
  I3: 'no customer has an account yet',
  I4: 'nobody has held a unit yet',
  I5: 'no order has been placed yet',
  I6: 'no fast redemption waits for the fund at this moment',
  I7: 'no day has been credited yet',
  I8: 'no account is open yet',
  I9: 'there has been no hold, review, recall or claim yet',
  I10: 'no account is open yet',
  I11: 'there has been no claim yet',
  I12: 'no money has moved yet',
}

const most = 20

export async function runCheck(sql: Sql, { id, find }: Check): Promise<InvariantResult> {
  const took = stopwatch()
  const { checked, broken, note = checked === 0 ? whenNothing[id] : undefined } = await find(sql)
  const ok = broken.length === 0
  const result = { id, ok, checked, broken: broken.slice(0, most), ms: Math.round(took()) }
  return note === undefined ? result : { ...result, note }
}
