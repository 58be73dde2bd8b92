import type { View } from '#commit'
import { fail, type Instant, ok, type Result } from '#kernel'
import { smaller } from '#money'
import { recall, type Recall, recallHop, recallIdOf, takeBack } from './recall.ts'

export interface RecallOpening {
  reportId: string
  claimId: string | null
  /** The victim. */
  customerId: string
  paymentId: string
  payee: string
  /** Fen. */
  wanted: bigint
}

/** The first hop: who was paid. */
export interface HopStop {
  hop: number
  holder: string
  holderKind: 'person' | 'merchant'
  /** The payment that brought the money there. */
  paymentId: string
  /** Most that is traced to this holder. */
  traced: bigint
}

/** Opens the recall of a disputed payment, in the report's own command. */
export function openRecall(state: View, opening: RecallOpening, now: Instant): Recall {
  const opened: Recall = {
    id: recallIdOf(opening.paymentId),
    ...opening,
    secured: 0n,
    toInsurer: 0n,
    hops: 0,
    state: 'open',
    startedAt: now,
    endedAt: null,
  }
  state.put(recall, opened)
  return opened
}

/**
 * Looks at one holder along the chain and takes back what is still there, up to what is traced to
 * him and still missing. Answers what was secured. `subrogatedClaim`: the claim whose victim was
 * paid already; then the money is the insurer's.
 */
export function recallAt(
  state: View,
  wish: { recallId: string; stop: HopStop; subrogatedClaim: string | null },
  now: Instant,
): Result<{ recall: Recall; secured: bigint }, 'recall_not_found' | 'recall_ended'> {
  const present = state.get(recall, wish.recallId)
  if (present === undefined) return fail('recall_not_found')
  if (present.state !== 'open') return fail('recall_ended')
  const { stop, subrogatedClaim } = wish
  const wanted = smaller(stop.traced, present.wanted - present.secured)
  const taken =
    wanted <= 0n
      ? { secured: 0n, entry: null }
      : takeBack(
          state,
          {
            holder: stop.holder,
            holderKind: stop.holderKind,
            victim: present.customerId,
            subrogatedClaim,
            wanted,
            ref: present.id,
          },
          now,
        )
  const after: Recall = {
    ...present,
    secured: present.secured + taken.secured,
    toInsurer: present.toInsurer + (subrogatedClaim === null ? 0n : taken.secured),
    hops: Math.max(present.hops, stop.hop),
  }
  state.put(recall, after)
  state.append(recallHop, {
    recallId: present.id,
    hop: stop.hop,
    payee: stop.holder,
    paymentId: stop.paymentId,
    wanted,
    secured: taken.secured,
    beneficiary: subrogatedClaim === null ? 'victim' : 'insurer',
    entry: taken.entry,
    at: now,
  })
  return ok({ recall: after, secured: taken.secured })
}

/** Ends a recall, once. Errors: recall_not_found, recall_ended. */
export function endRecall(
  state: View,
  recallId: string,
  now: Instant,
): Result<Recall, 'recall_not_found' | 'recall_ended'> {
  const present = state.get(recall, recallId)
  if (present === undefined) return fail('recall_not_found')
  if (present.state !== 'open') return fail('recall_ended')
  const { secured, wanted } = present
  const reached = secured === 0n ? 'ended' : secured < wanted ? 'partly_secured' : 'secured'
  const ended: Recall = { ...present, state: reached, endedAt: now }
  state.put(recall, ended)
  return ok(ended)
}
