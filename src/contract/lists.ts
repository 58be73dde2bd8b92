import { z } from 'zod'
import { anyId, reasonText, time } from './scalars.ts'

const listName = z.enum(['allow', 'watch', 'block'])
const listKind = z.enum(['account', 'payee', 'phone', 'device', 'network'])
/** `cus_…`, `guest:…`, `dev_…`, a network such as `203.0.113`, or a phone number in E.164. */
const listValue = z.string().regex(/^[\w+.:-]{1,100}$/)
const ruleId = z.string().regex(/^[a-z0-9][a-z0-9-]{0,63}$/)

export const listEntry = z
  .object({
    id: anyId,
    list: listName,
    kind: listKind,
    /** Of a phone number its hash. */
    value: z.string(),
    overridable: z.boolean(),
    reason: z.string(),
    added_by: z.string(),
    added_at: time,
    until: time.nullable(),
    removed_by: z.string().nullable(),
    removed_at: time.nullable(),
    removed_why: z.string().nullable(),
  })
  .meta({ id: 'ListEntry' })
export type ListEntry = z.infer<typeof listEntry>

export const snooze = z
  .object({
    id: anyId,
    rule: z.string(),
    account: z.string(),
    reason: z.string(),
    added_by: z.string(),
    added_at: time,
    until: time,
    ended_by: z.string().nullable(),
    ended_at: time.nullable(),
  })
  .meta({ id: 'Snooze' })
export type Snooze = z.infer<typeof snooze>

const flag = z.enum(['true', 'false'])
export const listsQuery = z.strictObject({
  list: listName.optional(),
  value: listValue.optional(),
  /** Also what was removed or has run out. */
  history: flag.optional(),
})
export const snoozesQuery = z.strictObject({
  account: listValue.optional(),
  history: flag.optional(),
})

const entryFields = { kind: listKind, value: listValue, reason: reasonText, until: time.optional() }
/** What the guard goes on judging: watching, and blocks that the allow list overrides. */
export const listEntryRequest = z.strictObject({ ...entryFields, list: z.enum(['watch', 'block']) })
/** The allow list, and blocks that nothing overrides. */
export const decisiveEntryRequest = z.strictObject({
  ...entryFields,
  list: z.enum(['allow', 'block']),
})
export const removeRequest = z.strictObject({ reason: reasonText })
export const snoozeRequest = z.strictObject({
  rule: ruleId,
  account: listValue,
  until: time,
  reason: reasonText,
})
