import { type Instant, toRfc3339 } from '#kernel'
import { formatAmount, parseAmount } from '#money'
import { z } from 'zod'

/** An amount on the wire is a decimal string of yuan or units: "12.34". Here it is 1234n. */
export const amount = z.string().transform((text, check): bigint => {
  const parsed = parseAmount(text)
  if (parsed.ok) return parsed.value
  check.addIssue(parsed.error)
  return z.NEVER
})

/** RFC 3339 on the wire; here epoch milliseconds. */
export const instant = z.iso
  .datetime({ offset: true })
  .transform((text): Instant => new Date(text).getTime())

export const localDate = z.iso.date()

/** What every partner says when it will not: CAMARA's shape. */
export const problem = z.object({ status: z.number(), code: z.string(), message: z.string() })

/** A value of a port as JSON: amounts become decimal strings. Instants are written beforehand. */
export function toJson(value: unknown): string {
  return JSON.stringify(value, (_key, item: unknown) =>
    typeof item === 'bigint' ? formatAmount(item) : item,
  )
}

export function instantText(at: Instant | null): string | null {
  return at === null ? null : toRfc3339(at)
}
