import { invariant } from './invariant.ts'

/** A moment: milliseconds since 1970-01-01T00:00:00Z. */
export type Instant = number
/** A calendar day in Asia/Shanghai, 'YYYY-MM-DD'. */
export type LocalDate = string

export const second = 1_000
export const minute = 60 * second
export const hour = 60 * minute
export const day = 24 * hour

/**
 * Asia/Shanghai has been UTC+8 without daylight saving since 1991; the product starts in 2004 at
 * the earliest (the calendar's first year), so a fixed offset is exact and needs no zone tables.
 */
const offset = 8 * hour
const datePattern = /^\d{4}-\d{2}-\d{2}$/

/** The local day that an instant lies in. */
export function localDateOf(instant: Instant): LocalDate {
  return new Date(instant + offset).toISOString().slice(0, 10)
}

/** The instant at which a local day begins (00:00 local). Throws on a malformed date. */
export function startOfLocalDay(date: LocalDate): Instant {
  invariant(datePattern.test(date), `not a date: ${date}`)
  const parsed = Date.parse(`${date}T00:00:00Z`)
  invariant(!Number.isNaN(parsed), `not a date: ${date}`)
  return parsed - offset
}

/** The instant of a wall-clock time on a local day: `localInstant('2013-10-12', '15:00')`. */
export function localInstant(date: LocalDate, time: string): Instant {
  const [hours, minutes, seconds] = time.split(':').map(Number)
  return (
    startOfLocalDay(date) + (hours ?? 0) * hour + (minutes ?? 0) * minute + (seconds ?? 0) * second
  )
}

/** Milliseconds since local midnight. */
export function localTimeOf(instant: Instant): number {
  return (((instant + offset) % day) + day) % day
}

export function addDays(date: LocalDate, days: number): LocalDate {
  return localDateOf(startOfLocalDay(date) + days * day)
}

/** Whole days from one date to another; negative when `to` is earlier. */
export function daysBetween(from: LocalDate, to: LocalDate): number {
  return Math.round((startOfLocalDay(to) - startOfLocalDay(from)) / day)
}

/** 0 = Sunday … 6 = Saturday. */
export function weekdayOf(date: LocalDate): number {
  return new Date(startOfLocalDay(date) + offset).getUTCDay()
}

/** RFC 3339 in UTC. */
export function toRfc3339(instant: Instant): string {
  return new Date(instant).toISOString()
}
