import { day, minute, type Instant } from '#kernel'

/** One code that went out by SMS, and what has been heard of it since. */
export interface WatchedCode {
  /** Names the text to the carrier. */
  readonly reference: string
  /** Keyed hash of the whole text: what the enrolled phone reports having seen. */
  readonly digest: string
  readonly sentAt: Instant
  /** When the carrier says it was delivered; null: not, or it has not said so yet. */
  readonly deliveredAt: Instant | null
  readonly usedAt: Instant | null
  /**
   * seen: the phone had it · unseen: delivered to a phone that was there, and not seen · stolen:
   * used by somebody while the phone with the number's SIM never had it.
   */
  readonly verdict: 'open' | 'seen' | 'unseen' | 'stolen'
}

/** What the enrolled phone says when it is online, in our time. */
export interface PhoneReport {
  readonly at: Instant
  /** The list of texts is complete from here on. */
  readonly completeSince: Instant
  /** On, at home in its network and able to receive without a break since; null: it is not. */
  readonly receivingSince: Instant | null
  /** The number's SIM is in this phone (working or not). Elsewhere texts are not its business. */
  readonly holdsSim: boolean
  /** Keyed hashes of the texts. */
  readonly seen: ReadonlySet<string>
}

/** From delivery until a phone that is there must have shown the text. */
export const seenGraceMs = 3 * minute
/** From use until a report of the phone must name it: he may type faster than his app reports. */
export const usedGraceMs = 2 * minute
/** Nothing is concluded of older codes. */
export const watchMs = day
/** A new code may be seen again only so long after a signal: a thief who pauses gains nothing. */
export const clearAfterMs = day
const mostWatched = 10

/** Adds a code that is being sent. */
export function withSent(
  codes: readonly WatchedCode[],
  sent: Pick<WatchedCode, 'reference' | 'digest' | 'sentAt'>,
): WatchedCode[] {
  const kept = codes.filter(({ sentAt }) => sent.sentAt - sentAt < watchMs)
  const added: WatchedCode = { ...sent, deliveredAt: null, usedAt: null, verdict: 'open' }
  return [...kept, added].slice(-mostWatched)
}

/** Notes when codes were delivered; the first word counts. */
export function withDelivered(
  codes: readonly WatchedCode[],
  delivered: ReadonlyMap<string, Instant>,
): WatchedCode[] {
  return codes.map((code) => ({
    ...code,
    deliveredAt: code.deliveredAt ?? delivered.get(code.reference) ?? null,
  }))
}

/** Notes that the code sent at that instant was used. */
export function withUsed(
  codes: readonly WatchedCode[],
  used: { readonly sentAt: Instant; readonly usedAt: Instant | null },
): WatchedCode[] {
  return codes.map((code) =>
    code.sentAt === used.sentAt && code.usedAt === null ? { ...code, usedAt: used.usedAt } : code,
  )
}

export interface Concluded {
  readonly codes: readonly WatchedCode[]
  /** A code of this report is unseen or stolen for the first time. */
  readonly raised: boolean
  /** The latest sending of a code that this phone has seen; null: none. */
  readonly seenSentAt: Instant | null
}

/** What a report of the enrolled phone says of the codes sent to its number. Pure. */
export function concludeFrom(codes: readonly WatchedCode[], report: PhoneReport): Concluded {
  let raised = false
  let seenSentAt: Instant | null = null
  const concluded = codes.map((code) => {
    const verdict = verdictOf(code, report)
    const bad = verdict === 'unseen' || verdict === 'stolen'
    if (bad && code.verdict !== verdict) raised = true
    if (report.seen.has(code.digest)) seenSentAt = Math.max(seenSentAt ?? 0, code.sentAt)
    return verdict === code.verdict ? code : { ...code, verdict }
  })
  return { codes: concluded, raised, seenSentAt }
}

function verdictOf(code: WatchedCode, report: PhoneReport): WatchedCode['verdict'] {
  // A text that came late after all stays a text that was once missing: only `open` moves on.
  if (code.verdict !== 'open') return code.verdict
  if (report.seen.has(code.digest)) return 'seen'
  if (report.at - code.sentAt >= watchMs) return 'open'
  // The list must reach back to the sending, and come from the phone that the text was for.
  if (!report.holdsSim || report.completeSince > code.sentAt) return 'open'
  const { deliveredAt, usedAt } = code
  if (usedAt !== null && report.at - usedAt >= usedGraceMs) return 'stolen'
  const wasThere = report.receivingSince !== null && report.receivingSince <= code.sentAt
  if (!wasThere || deliveredAt === null) return 'open'
  return report.at - deliveredAt >= seenGraceMs ? 'unseen' : 'open'
}
