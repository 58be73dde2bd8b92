import type { Sql } from '#database'
import type { Instant } from '#kernel'
import type { Channel } from './notice.ts'
import { wordsOf, type Severity } from './templates.ts'

/** A notice in words. */
export interface NoticeView {
  readonly id: string
  readonly channel: Channel
  /** The template's name. */
  readonly code: string
  readonly severity: Severity
  readonly title: string
  readonly text: string
  readonly callCarrier: boolean
  readonly at: Instant
}

interface NoticeRow {
  readonly id: string
  readonly channel: Channel
  readonly template: string
  readonly params: Readonly<Record<string, string>>
  readonly at: Instant
}

/**
 * What a customer was told on a channel since an instant, newest first. `after` is the id of the
 * last notice of the page before; an id that is not his gives an empty page.
 */
export async function noticesOf(
  sql: Sql,
  customerId: string,
  wanted: { channel?: Channel; since?: Instant; after?: string; limit?: number } = {},
): Promise<NoticeView[]> {
  const { channel = 'app', since = 0, after = null, limit = 50 } = wanted
  const rows = await sql<NoticeRow[]>`
    select id, channel, template, params, at from notifications.notice
    where customer_id = ${customerId} and channel = ${channel} and at >= ${since}::timestamptz
      and (${after}::text is null or (at, length(id), id) < (
        select last.at, length(last.id), last.id from notifications.notice last
        where last.id = ${after} and last.customer_id = ${customerId}))
    order by at desc, length(id) desc, id desc limit ${limit}`
  return rows.map((row) => {
    const { code, severity, title, text, callCarrier = false } = wordsOf(row.template, row.params)
    const { id, at } = row
    return { id, channel: row.channel, code, severity, title, text, callCarrier, at }
  })
}
