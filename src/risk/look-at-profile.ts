import { keyOf, type Command } from '#commit'
import type { Instant } from '#kernel'
import { profileKindOf } from './holder-profile-record.ts'

/** A holder's profile as the next decision would read it, and when that is. Nothing is stored. */
export interface ProfileLookedAt {
  readonly undecided: true
  readonly profile: Uint8Array | null
  readonly at: Instant
}

/** Reads a holder's profile the way a decision does, wherever its row is. No errors. */
export const lookAtProfile: Command<{ readonly holder: string }, ProfileLookedAt> = {
  name: 'risk.look_at_profile',
  reads: ({ holder }) => [keyOf(profileKindOf(holder), holder)],
  apply(state, { holder }, now) {
    const profile = state.get(profileKindOf(holder), holder)?.profile ?? null
    // The cache's own bytes: a copy outlives the turn.
    return { undecided: true, profile: profile === null ? null : profile.slice(), at: now }
  },
}
