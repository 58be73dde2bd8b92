import type { Command, View } from '#commit'
import type { Instant } from '#kernel'
import {
  accountKey,
  chainKeys,
  closeAccount,
  entryKeys,
  expireHold,
  hold,
  holdKey,
  openAccount,
  postAll,
  post,
  postEntry,
  postHold,
  reopenAccount,
  reversalKeys,
  reverse,
  voidHold,
  type EntryToReverse,
  type EntryWish,
  type Leg,
  type Link,
  type LinkDone,
  type Opening,
} from '#ledger'

/** Everything that can be asked of the ledger, as data. */
export type Step =
  | ({ readonly do: 'open' } & Opening)
  | { readonly do: 'close' | 'reopen'; readonly account: string }
  | { readonly do: 'post'; readonly legs: readonly Leg[]; readonly ref?: string }
  | {
      readonly do: 'hold'
      readonly id: string
      readonly legs: readonly Leg[]
      readonly expiresAt: Instant | null
      readonly kind?: string
      readonly ref?: string
    }
  | {
      readonly do: 'post_hold'
      readonly id: string
      readonly amount?: bigint
      readonly final?: boolean
    }
  | { readonly do: 'void'; readonly id: string }
  | { readonly do: 'expire'; readonly id: string }
  | { readonly do: 'entry'; readonly entry: EntryWish }
  /** The entry of that reference, if it was there when `learn` was last called. */
  | { readonly do: 'reverse'; readonly ref: string; readonly effectiveAt?: Instant }
  | { readonly do: 'chain'; readonly links: readonly ChainedStep[] }

type ChainedStep = Extract<Step, { do: 'post' | 'hold' | 'post_hold' | 'void' }>

/** `ok` carries what was moved or how it ended, `error` the code. */
export type Answer =
  | { readonly ok: string; readonly moved: readonly bigint[] }
  | { readonly error: string }

/** A step with what a command must know to declare its keys. */
export interface Asked {
  readonly step: Step
  /** Accounts of the hold that the step ends. */
  readonly accounts: readonly string[]
  readonly original?: EntryToReverse | undefined
}

export const take: Command<Asked, Answer> = {
  name: 'test.ledger_step',
  reads: ({ step, accounts, original }) => [
    ...accounts.map(accountKey),
    ...('id' in step ? [holdKey(step.id)] : []),
    ...(step.do === 'entry' ? entryKeys(step.entry) : []),
    ...(step.do === 'chain' ? chainKeys(step.links.map((each) => linkOf(each, accounts))) : []),
    ...(original === undefined ? [] : reversalKeys({ kind: 'test', ref: 'test', original })),
  ],
  apply: (state, asked, now) => carryOut(state, asked, now),
}

/** Steps that are done together or not at all. */
export const takeAll: Command<{ all: readonly Asked[] }, readonly Answer[]> = {
  name: 'test.ledger_steps',
  reads: ({ all }) => all.flatMap((asked) => [...take.reads(asked)]),
  apply: (state, { all }, now) => all.map((asked) => carryOut(state, asked, now)),
}

function carryOut(state: View, { step, original }: Asked, now: Instant): Answer {
  switch (step.do) {
    case 'entry': {
      const done = postEntry(state, step.entry, now)
      return done.ok ? { ok: 'posted', moved: done.value.moved } : { error: done.error }
    }
    case 'reverse': {
      if (original === undefined) return { error: 'entry_not_found' }
      const { ref, effectiveAt = now } = step
      const done = reverse(state, { kind: 'test', ref: `${ref}-`, original, effectiveAt }, now)
      if (!done.ok) return { error: done.error }
      return { ok: done.value.isRepeat ? 'repeat' : 'reversed', moved: done.value.moved }
    }
    case 'chain': {
      const links = step.links.map((each) => linkOf(each, []))
      const done = postAll(state, links, now)
      if (!done.ok) return { error: `${done.error.failed} ${done.error.error}` }
      return { ok: 'chained', moved: done.value.flatMap((each) => movedBy(each)) }
    }
    case 'open':
      return { ok: openAccount(state, step, now), moved: [] }
    case 'close':
    case 'reopen': {
      const act = { id: step.account, by: 'test', reason: 'asked for' }
      const done = (step.do === 'close' ? closeAccount : reopenAccount)(state, act, now)
      return done.ok ? { ok: step.do, moved: [] } : { error: done.error }
    }
    case 'post': {
      const done = post(state, { kind: 'test', ref: step.ref ?? 'test', legs: step.legs }, now)
      return done.ok ? { ok: 'posted', moved: done.value.moved } : { error: done.error }
    }
    case 'hold': {
      const { id, legs, expiresAt, kind = 'test', ref = id } = step
      const done = hold(state, { id, kind, ref, legs, expiresAt }, now)
      return done.ok ? { ok: 'held', moved: [] } : { error: done.error }
    }
    case 'post_hold': {
      const done = postHold(state, step, now)
      return done.ok ? { ok: 'posted', moved: done.value.moved } : { error: done.error }
    }
    case 'void':
    case 'expire': {
      const done = (step.do === 'void' ? voidHold : expireHold)(state, { id: step.id }, now)
      return done.ok ? { ok: done.value.state, moved: [] } : { error: done.error }
    }
  }
}

function linkOf(step: ChainedStep, accounts: readonly string[]): Link {
  switch (step.do) {
    case 'post':
      return { do: 'post', entry: { kind: 'test', ref: step.ref ?? 'test', legs: step.legs } }
    case 'hold': {
      const { id, legs, expiresAt, kind = 'test', ref = id } = step
      return { do: 'hold', hold: { id, kind, ref, legs, expiresAt } }
    }
    case 'post_hold':
      return { ...step, accounts }
    case 'void':
      return { do: 'void_hold', id: step.id, accounts }
  }
}

function movedBy(done: LinkDone): readonly bigint[] {
  return 'moved' in done ? done.moved : []
}
