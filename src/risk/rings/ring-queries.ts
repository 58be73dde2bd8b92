import type { Sql } from '#database'
import type { Label } from '../label-log.ts'

export interface LabelToFollow {
  readonly subject: string
  readonly label: Label
}

/**
 * Payments whose newest label by staff has not been followed yet, the oldest first. What customers
 * report is not followed: whoever could brand his payee a mule by a report would do so.
 */
export function labelsToFollow(sql: Sql, limit: number): Promise<LabelToFollow[]> {
  return sql<LabelToFollow[]>`
    select n.subject, n.label from (
      select distinct on (subject) subject, label, known_at from risk.label
      where by like 'opr\\_%' order by subject, known_at desc) as n
    left join risk.followed_label f on f.id = n.subject
    where f.label is distinct from n.label
      and (f.id is not null or n.label in ('theft', 'scam'))
    order by n.known_at, n.subject limit ${limit}`
}

/** Whether another payment to this payee was followed as a theft or scam. */
export async function isOtherwiseKnown(
  sql: Sql,
  { payee, subject }: { payee: string; subject: string },
): Promise<boolean> {
  const rows = await sql`
    select from risk.followed_label
    where payee = ${payee} and id <> ${subject} and label in ('theft', 'scam') limit 1`
  return rows.length > 0
}
