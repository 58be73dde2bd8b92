import type { Key, View } from '#commit'
import { fail, type Instant, ok, type Result } from '#kernel'
import { accountKey } from './account.ts'
import { draftOn } from './draft.ts'
import type { LedgerError } from './error-codes.ts'
import { type Hold, hold, holdKey, type HoldWish, postHold, voidHold } from './hold.ts'
import { accountKeys, type Posted } from './post.ts'
import { entryKeys, type EntryWish, postEntry } from './post-entry.ts'

/** One act of a chain. */
export type Link =
  | { readonly do: 'post'; readonly entry: EntryWish }
  | { readonly do: 'hold'; readonly hold: HoldWish }
  | ({ readonly do: 'post_hold'; readonly amount?: bigint; readonly final?: boolean } & HeldBefore)
  | ({ readonly do: 'void_hold' } & HeldBefore)

interface HeldBefore {
  readonly id: string
  /** The accounts of the hold's legs. */
  readonly accounts: readonly string[]
}

export type LinkDone = Posted | Hold
export type LinkError = LedgerError<'post_entry' | 'hold' | 'post_hold' | 'void_hold'>

/** Nothing was done: which link could not be, and what each of them is told. */
export interface ChainFailed {
  readonly failed: number
  readonly error: LinkError
  readonly links: readonly (LinkError | LedgerError<'chain'>)[]
}

/** The keys a command must declare for a chain. */
export function chainKeys(links: readonly Link[]): Key[] {
  return links.flatMap((link) => {
    if (link.do === 'post') return entryKeys(link.entry)
    if (link.do === 'hold') return [holdKey(link.hold.id), ...accountKeys(link.hold.legs)]
    return [holdKey(link.id), ...link.accounts.map(accountKey)]
  })
}

/**
 * Does all links in their order, each seeing what those before it did, or none of them.
 * Errors: the failed link's own; every other link is told `linked_event_failed`.
 */
export function postAll(
  state: View,
  links: readonly Link[],
  now: Instant,
): Result<readonly LinkDone[], ChainFailed> {
  const draft = draftOn(state)
  const done: LinkDone[] = []
  for (const [failed, link] of links.entries()) {
    const linked = carryOut(draft, link, now)
    if (!linked.ok) {
      const { error } = linked
      const told = links.map((_, i) => (i === failed ? error : 'linked_event_failed'))
      return fail({ failed, error, links: told })
    }
    done.push(linked.value)
  }
  draft.keep()
  return ok(done)
}

function carryOut(state: View, link: Link, now: Instant): Result<LinkDone, LinkError> {
  switch (link.do) {
    case 'post':
      return postEntry(state, link.entry, now)
    case 'hold':
      return hold(state, link.hold, now)
    case 'post_hold':
      return postHold(state, link, now)
    case 'void_hold':
      return voidHold(state, link, now)
  }
}
