import type { Command, Key } from '#commit'
import {
  claim,
  claimKey,
  endRecall,
  type HopStop,
  type Recall,
  recall,
  recallAt,
  recallKey,
  recallsOfReport,
  recoverForClaim,
  recoversForVictim,
  takeBackKeys,
} from '#guarantee'
import { hour, type Instant, ok, type Result } from '#kernel'
import { formatAmount, smaller } from '#money'
import { cleanChannels, notify } from '#notifications'
import { type Payment, paymentById, paymentsOf } from '#wallet'
import type { FlowContext, Problem } from './context.ts'
import { submit } from './submit.ts'

/** Fen secured beyond the first hop, over all recalls of the report. */
export type RecallHops = (reportId: string) => Promise<Result<{ secured: bigint }, Problem>>

/** How far and how fast money is followed. */
const lastHop = 3
const passThroughMs = 6 * hour
/** Passing on at least a quarter of it within the window is what a mule does. */
const passThroughShare = 4n
/** Stops of one command: each is at most six records, so a command stays below 100. */
const stopsPerCommand = 12

/**
 * Follows what a disputed payment's payee has passed on, to the next holders and the ones after,
 * and takes back what is still there; then ends the recall. Only to persons, only within hours,
 * and only where the holder passed on at least a quarter of what he got: a shop that a mule paid,
 * or a friend he owed a little, is left alone. Repeatable.
 */
export function createRecallHops(context: FlowContext): RecallHops {
  return async (reportId) => {
    let secured = 0n
    for (const open of await recallsOfReport(context.sql, reportId)) {
      if (open.state !== 'open') continue
      const followed = await follow(context, open)
      if (!followed.ok) return followed
      secured += followed.value
    }
    return ok({ secured })
  }
}

interface Holding {
  readonly holder: string
  readonly receivedAt: Instant
  /** Fen traced to this holder, and of them those not found there. */
  readonly traced: bigint
  readonly missing: bigint
}

async function follow(context: FlowContext, open: Recall): Promise<Result<bigint, Problem>> {
  const disputed = await paymentById(context.sql, open.paymentId)
  const missing = open.wanted - open.secured
  const person = disputed?.payeeKind === 'person'
  let frontier: Holding[] =
    disputed !== null && person && missing > 0n
      ? [{ holder: open.payee, receivedAt: disputed.createdAt, traced: open.wanted, missing }]
      : []
  let secured = 0n
  for (let hop = 2; hop <= lastHop && frontier.length > 0; hop += 1) {
    const stops = (await Promise.all(frontier.map((at) => nextStops(context, at, hop)))).flat()
    const next: Holding[] = []
    for (let i = 0; i < stops.length; i += stopsPerCommand) {
      const part = stops.slice(i, i + stopsPerCommand)
      const taken = await takeFrom(context, open, { part, id: `hop${hop}.${i}` })
      if (!taken.ok) return taken
      for (const [position, stop] of part.entries()) {
        const found = taken.value[position] ?? 0n
        secured += found
        const rest = stop.traced - found
        const { holder, receivedAt, traced } = stop
        if (rest > 0n) next.push({ holder, receivedAt, traced, missing: rest })
      }
    }
    frontier = next
  }
  const ended = await submit(context, end, {
    owner: 'system',
    id: `recall:${open.id}:end`,
    input: { recallId: open.id, paymentId: open.paymentId, reportId: open.reportId },
  })
  return ended.ok ? ok(secured) : ended
}

type Stop = HopStop & { readonly receivedAt: Instant }

/** Whom a holder has paid since he got the money: nobody when he did not pass it on. */
async function nextStops(context: FlowContext, at: Holding, hop: number): Promise<Stop[]> {
  const { holder, receivedAt, traced: got, missing } = at
  const onward = (await paymentsOf(context.sql, holder, { limit: 200 }))
    .filter((item) => isOnward(item, at))
    .toReversed()
  const passedOn = onward.reduce((sum, { amount }) => sum + amount, 0n)
  if (passedOn * passThroughShare < got) return []
  const stops: Stop[] = []
  let left = missing
  for (const { id: paymentId, payee, amount, createdAt } of onward) {
    const traced = smaller(amount, left)
    if (traced <= 0n) break
    left -= traced
    stops.push({
      hop,
      holder: payee,
      holderKind: 'person',
      paymentId,
      traced,
      receivedAt: Math.max(createdAt, receivedAt),
    })
  }
  return stops
}

function isOnward(item: Payment, { holder, receivedAt }: Holding): boolean {
  return (
    item.payer === holder &&
    item.state === 'posted' &&
    item.payeeKind === 'person' &&
    item.createdAt >= receivedAt &&
    item.createdAt <= receivedAt + passThroughMs
  )
}

interface Taking {
  readonly recallId: string
  readonly paymentId: string
  readonly claimId: string | null
  readonly victim: string
  readonly stops: readonly HopStop[]
}

async function takeFrom(
  context: FlowContext,
  open: Recall,
  { part, id }: { part: readonly Stop[]; id: string },
): Promise<Result<readonly bigint[], Problem>> {
  const stops = part.map(({ receivedAt: _at, ...stop }) => stop)
  const taken = await submit(context, take, {
    owner: 'system',
    id: `recall:${open.id}:${id}`,
    content: { recallId: open.id },
    input: {
      recallId: open.id,
      paymentId: open.paymentId,
      claimId: open.claimId,
      victim: open.customerId,
      stops,
    },
  })
  if (!taken.ok) return taken
  return ok(taken.value)
}

const take: Command<Taking, readonly bigint[]> = {
  name: 'guarantee.recall_hop',
  reads({ paymentId, claimId, victim, stops }) {
    const keys: Key[] = [recallKey(paymentId)]
    if (claimId !== null) keys.push(claimKey(claimId))
    for (const { holder, holderKind } of stops) {
      keys.push(...takeBackKeys({ holder, holderKind, victim, subrogatedClaim: claimId }))
    }
    return keys
  },
  apply(state, { recallId, claimId, victim, stops }, now) {
    const taken: bigint[] = []
    for (const stop of stops) {
      const present = claimId === null ? undefined : state.get(claim, claimId)
      // A declined claim has no victim; what its recalls found stays where it is.
      if (present?.state === 'declined') return stops.map(() => 0n)
      const forVictim = present === undefined || recoversForVictim(present)
      const found = recallAt(
        state,
        { recallId, stop, subrogatedClaim: forVictim ? null : claimId },
        now,
      )
      if (!found.ok) return stops.map(() => 0n)
      const { secured: amount } = found.value
      taken.push(amount)
      if (amount === 0n) continue
      const params = { amount: formatAmount(amount) }
      const told = {
        customerId: stop.holder,
        channels: ['app'],
        template: 'money_recalled',
      } as const
      notify(state, { ...told, params }, now)
      if (!forVictim) continue
      if (present !== undefined) {
        const note = `recalled at hop ${stop.hop}: ${recallId}`
        recoverForClaim(state, { claim: present, amount, note }, now)
      }
      notify(
        state,
        { customerId: victim, channels: cleanChannels, template: 'recall_secured', params },
        now,
      )
    }
    return taken
  },
}

const end: Command<{ recallId: string; paymentId: string; reportId: string }, Recall | null> = {
  name: 'guarantee.end_recall',
  reads: ({ paymentId }) => [recallKey(paymentId)],
  apply(state, { recallId, reportId }, now) {
    const ended = endRecall(state, recallId, now)
    if (!ended.ok) return state.get(recall, recallId) ?? null
    state.emit('recall.ended', { reportId, claimId: ended.value.claimId })
    return ended.value
  },
}
