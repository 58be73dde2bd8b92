import { defineLog } from '#commit'
import type { Instant } from '#kernel'

/** What a payment turned out to be. */
export const labels = ['theft', 'scam', 'honest', 'inconclusive'] as const
export type Label = (typeof labels)[number]

/** Labels enter by the time they became known, never by the time of the payment. */
export interface LabelRow {
  readonly subject: string
  readonly label: Label
  readonly knownAt: Instant
  readonly by: string
  readonly reason: string
}

export const labelLog = defineLog<LabelRow>({
  name: 'risk.label',
  fields: { subject: 'text', label: 'text', knownAt: 'instant', by: 'text', reason: 'text' },
})
