import type { Instant } from '#kernel'
import type { PassingFailure } from '../passing-failure.ts'

/** Something bad that others have seen: an address or a file, by SHA-256 in hex. */
export interface ThreatIndicator {
  /** Of the sender, for ever. */
  readonly id: string
  readonly kind: 'url' | 'file'
  readonly sha256: string
}

export type FeedFailure = PassingFailure | 'refused' | 'not_found'

export type FeedAnswer =
  | { readonly value: readonly ThreatIndicator[] }
  | { readonly unknown: FeedFailure }

/** A feed of threats. Never throws; time-boxed. */
export interface ThreatFeed {
  /** Everything it lists at that moment: what is revoked or over is left out. */
  readAll(now: Instant): Promise<FeedAnswer>
}
