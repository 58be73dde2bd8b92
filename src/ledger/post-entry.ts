import type { Key, View } from '#commit'
import { fail, type Instant, type Result } from '#kernel'
import { account, accountKey, type Balance, balanceOf } from './account.ts'
import { draftOn } from './draft.ts'
import {
  backdatedPostingLog,
  effectiveFault,
  entryDetailLog,
  metadataFault,
} from './entry-detail.ts'
import type { LedgerError } from './error-codes.ts'
import { accountKeys, post, type Posted, type Posting } from './post.ts'

/** What must be true of an account for an entry to be made. Amounts on the account's own side. */
export interface BalanceCondition {
  readonly account: string
  /** Which of the three; available when left out. */
  readonly balance?: keyof Balance
  readonly atLeast?: bigint
  readonly atMost?: bigint
  /** The limits bind what the entry leaves behind, not what it finds. */
  readonly after?: boolean
  /** Number of the account's postings: its version when the caller looked. */
  readonly version?: bigint
}

export interface EntryWish extends Posting {
  readonly conditions?: readonly BalanceCondition[]
  /** When it counts from: now, or at most 400 days earlier. Limits bind now all the same. */
  readonly effectiveAt?: Instant
  /** At most 16 pairs; keys like `order_id`, values of 1 to 256 characters. */
  readonly metadata?: Readonly<Record<string, string>>
}

/** The keys a command must declare to post this entry. */
export function entryKeys({ legs, conditions = [] }: EntryWish): Key[] {
  return [...accountKeys(legs), ...conditions.map((condition) => accountKey(condition.account))]
}

/**
 * Posts one entry as `post` does, provided that its conditions hold, with effective time and
 * metadata where it has them. What ordinary payments do not need is paid for here only.
 * Errors: metadata_too_many, metadata_key_malformed, metadata_value_malformed,
 * effective_in_future, effective_too_early, condition_account_not_found, account_version_differs,
 * condition_not_met, those of `post`, condition_not_met_after.
 */
export function postEntry(
  state: View,
  wish: EntryWish & { readonly reverses?: bigint },
  now: Instant,
): Result<Posted, LedgerError<'post_entry'>> {
  const { conditions = [], effectiveAt = now, metadata = {} } = wish
  const fault =
    metadataFault(metadata) ?? effectiveFault(effectiveAt, now) ?? conditionFault(state, conditions)
  if (fault !== null) return fail(fault)
  const draft = draftOn(state)
  const posted = post(draft, wish, now)
  if (!posted.ok) return posted
  const areMet = conditions.every((each) => each.after !== true || isWithin(draft, each))
  if (!areMet) return fail('condition_not_met_after')
  const { entry } = posted.value
  if (entry !== 0n) writeDetail(draft, { wish, posted: posted.value }, now)
  draft.keep()
  return posted
}

function conditionFault(state: View, conditions: readonly BalanceCondition[]) {
  const isKnown = (each: BalanceCondition) => state.get(account, each.account) !== undefined
  if (!conditions.every(isKnown)) return 'condition_account_not_found'
  const isSeen = ({ account: id, version }: BalanceCondition) =>
    version === undefined || state.get(account, id)?.postingSeq === version
  if (!conditions.every(isSeen)) return 'account_version_differs'
  const isMet = (each: BalanceCondition) => each.after === true || isWithin(state, each)
  return conditions.every(isMet) ? null : 'condition_not_met'
}

function isWithin(state: View, condition: BalanceCondition): boolean {
  const subject = state.get(account, condition.account)
  if (subject === undefined) return false
  const balance = balanceOf(subject)[condition.balance ?? 'available']
  const { atLeast = balance, atMost = balance } = condition
  return balance >= atLeast && balance <= atMost
}

function writeDetail(
  state: View,
  made: { wish: EntryWish & { readonly reverses?: bigint }; posted: Posted },
  now: Instant,
): void {
  const { wish, posted } = made
  const { entry } = posted
  const effectiveAt = wish.effectiveAt === now ? null : (wish.effectiveAt ?? null)
  const pairs = Object.keys(wish.metadata ?? {}).length
  const metadata = pairs === 0 ? null : (wish.metadata ?? null)
  const reverses = wish.reverses ?? null
  if (effectiveAt === null && metadata === null && reverses === null) return
  state.append(entryDetailLog, { entry, effectiveAt, metadata, reverses })
  if (effectiveAt === null) return
  for (const [id, amount] of netMoved(wish, posted)) {
    if (amount === 0n) continue
    state.append(backdatedPostingLog, { account: id, effectiveAt, entry, amount, at: now })
  }
}

/** Debits minus credits of each account. */
function netMoved({ legs }: Posting, { moved }: Posted): Map<string, bigint> {
  const net = new Map<string, bigint>()
  for (const [i, { debit, credit }] of legs.entries()) {
    const amount = moved[i] ?? 0n
    net.set(debit, (net.get(debit) ?? 0n) + amount)
    net.set(credit, (net.get(credit) ?? 0n) - amount)
  }
  return net
}
