import type { Sql } from '#database'
import type { Instant } from '#kernel'
import type { TrainingSet } from '#model'
import { decodeFacts } from '../facts-codec.ts'
import type { Label } from '../label-log.ts'
import { hashOf } from '../profile-layout.ts'
import { createFeatureReader, parseFeatures } from './model-features.ts'

/** What a payment was called, in the order it became known. */
type History = readonly { readonly label: Label; readonly knownAt: Instant }[]

/** Recorded payments and withdrawals as rows to learn from, oldest first. */
export interface RecordedRows {
  readonly names: readonly string[]
  /** One per feature. */
  readonly columns: readonly Float32Array[]
  /** When each was decided. */
  readonly at: Float64Array
  readonly histories: readonly (History | undefined)[]
  /** All decisions there were, of which `at.length` were kept. */
  readonly recorded: number
  /** The part of the honest rows that was kept. */
  readonly honestShare: number
}

export interface RowsWanted {
  readonly names: readonly string[]
  readonly from: Instant
  /** Decided before this. */
  readonly to: Instant
  /** Labels that became known later do not exist. */
  readonly knownBy: Instant
  /** Above so many, all thefts are kept and a share of the rest. */
  readonly most: number
}

const pageSize = 4_000

/**
 * Streams recorded facts into columns through a cursor, a page in memory at a time. Which honest
 * rows stay is decided by the hash of their id: the same rows every time.
 */
export async function recordedRows(sql: Sql, wanted: RowsWanted): Promise<RecordedRows> {
  const { names, from, to, knownBy, most } = wanted
  const features = parseFeatures(names)
  if (!features.ok) throw new RangeError(`no feature ${names[features.error] ?? ''}`)
  const read = createFeatureReader(features.value)
  const histories = await labelHistories(sql, knownBy)
  const [{ count: recorded }] = await sql<[{ count: number }]>`
    select count(*)::int4 as count from risk.decision
    where step in ('payment', 'withdrawal')
      and at >= ${iso(from)}::text::timestamptz and at < ${iso(to)}::text::timestamptz`
  const honestShare = Math.min(1, most / Math.max(1, recorded))
  const rows: Float32Array[] = []
  const at: Instant[] = []
  const kept: (History | undefined)[] = []
  const pages = sql<{ id: string; subject: string; at: Instant; facts: Uint8Array }[]>`
    select id, subject, at, facts from risk.decision
    where step in ('payment', 'withdrawal')
      and at >= ${iso(from)}::text::timestamptz and at < ${iso(to)}::text::timestamptz
    order by at, id`.cursor(pageSize)
  for await (const page of pages) {
    for (const decided of page) {
      const history = decided.subject === '' ? undefined : histories.get(decided.subject)
      const isTheft = history?.some(({ label }) => label === 'theft') === true
      if (!isTheft && hashOf(decided.id) >= honestShare * 2 ** 32) continue
      const row = new Float32Array(names.length)
      read(decodeFacts(decided.facts), row)
      rows.push(row)
      at.push(decided.at)
      kept.push(history)
    }
  }
  const columns = names.map((_, i) => Float32Array.from(rows, (row) => row[i] as number))
  return { names, columns, at: Float64Array.from(at), histories: kept, recorded, honestShare }
}

async function labelHistories(sql: Sql, knownBy: Instant): Promise<Map<string, History>> {
  const histories = new Map<string, { label: Label; knownAt: Instant }[]>()
  const pages = sql<{ subject: string; label: Label; knownAt: Instant }[]>`
    select subject, label, known_at as "knownAt" from risk.label
    where known_at <= ${iso(knownBy)}::text::timestamptz
    order by known_at`.cursor(pageSize)
  for await (const page of pages) {
    for (const { subject, label, knownAt } of page) {
      const history = histories.get(subject)
      if (history === undefined) histories.set(subject, [{ label, knownAt }])
      else history.push({ label, knownAt })
    }
  }
  return histories
}

/** What was known of a row at a moment: 1 theft, 0 honest or unlabelled, null neither. */
export function labelAt(history: History | undefined, moment: Instant): 0 | 1 | null {
  let label: Label | undefined
  for (const known of history ?? []) if (known.knownAt <= moment) label = known.label
  if (label === 'theft') return 1
  return label === undefined || label === 'honest' ? 0 : null
}

/** Rows decided in [from, to) with what was known of them at a moment. */
export function setOf(
  { names, columns, at, histories }: RecordedRows,
  { from, to, knownBy }: { from: Instant; to: Instant; knownBy: Instant },
): TrainingSet {
  const picked: number[] = []
  const labels: number[] = []
  for (let row = 0; row < at.length; row += 1) {
    const moment = at[row] as number
    if (moment < from || moment >= to) continue
    const label = labelAt(histories[row], knownBy)
    if (label === null) continue
    picked.push(row)
    labels.push(label)
  }
  const columnOf = (column: Float32Array) =>
    Float32Array.from(picked, (row) => column[row] as number)
  return { names, columns: columns.map(columnOf), labels: Uint8Array.from(labels) }
}

function iso(at: Instant): string {
  return new Date(at).toISOString()
}
