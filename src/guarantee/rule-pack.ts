import { hour, type Instant, day, type LocalDate } from '#kernel'

/** What a scheme promises to a victim: data, versioned, with its source and date. */
export interface RulePack {
  readonly id: string
  readonly version: string
  readonly source: string
  readonly asOf: LocalDate
  /** A payment may be reported for so long after it was made. */
  readonly noticeMs: number
  /** From the report to the decision. */
  readonly reviewMs: number
  /** From the decision to the money: by the end of so many business days after it. */
  readonly payWithinBusinessDays: number
  /** Most that is paid for one loss, in fen; null: no cap. */
  readonly cap: bigint | null
  /** What the victim bears himself, in fen. */
  readonly excess: bigint
  /** The only finding under which nothing is paid. */
  readonly lostWhen: string
}

/**
 * The promise of the 2013 report: the insurer pays the consumer in full, like a car-theft policy.
 * The report gives no deadlines; 72 hours and one business day are the product's own design.
 */
export const promise2013: RulePack = {
  id: 'promise-2013',
  version: '1',
  source: 'newspaper report of 2013 (paid in full); deadlines: product design, page 5',
  asOf: '2013-10-12',
  noticeMs: 30 * day,
  reviewMs: 72 * hour,
  payWithinBusinessDays: 1,
  cap: null,
  excess: 0n,
  lostWhen: 'proved own fraud',
}

export const rulePacks: ReadonlyMap<string, RulePack> = new Map([[promise2013.id, promise2013]])

/** Whether a payment made at `paidAt` may still be reported. */
export function noticedInTime(pack: RulePack, paidAt: Instant, now: Instant): boolean {
  return now - paidAt <= pack.noticeMs
}
