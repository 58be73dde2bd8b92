import { defineLog, defineRecord, keyOf, type Key, type View } from '#commit'
import { type Instant, invariant } from '#kernel'
import { account, accountId, accountKey, balanceOf, openAccount, post } from '#ledger'
import { smaller } from '#money'

/**
 * Getting a disputed payment's money back from where it went. `open` while later hops are still
 * looked for; it ends exactly once: secured (all of it), partly_secured, or ended (nothing left).
 */
export interface Recall {
  /** `rcl_x` for payment `pay_x`: a payment is recalled at most once. */
  id: string
  reportId: string
  claimId: string | null
  /** Who gets the money back. */
  customerId: string
  paymentId: string
  payee: string
  /** Fen. */
  wanted: bigint
  /** Taken back from payees so far, whoever was given it. */
  secured: bigint
  /** Of it: given to the insurer, because the victim had been paid already. */
  toInsurer: bigint
  /** How far down the chain money was looked for. */
  hops: number
  state: 'open' | 'secured' | 'partly_secured' | 'ended'
  startedAt: Instant
  endedAt: Instant | null
}

export const recall = defineRecord<Recall>({
  name: 'guarantee.recall',
  key: 'id',
  fields: {
    id: 'text',
    reportId: 'text',
    claimId: 'text',
    customerId: 'text',
    paymentId: 'text',
    payee: 'text',
    wanted: 'bigint',
    secured: 'bigint',
    toInsurer: 'bigint',
    hops: 'integer',
    state: 'text',
    startedAt: 'instant',
    endedAt: 'instant',
  },
  constant: ['reportId', 'claimId', 'customerId', 'paymentId', 'payee', 'wanted', 'startedAt'],
})

/** Where along the chain money was looked for, and what was there. */
export interface RecallHop {
  recallId: string
  /** 1: the payee of the disputed payment; 2: whom he paid … */
  hop: number
  payee: string
  /** The payment that brought the money there. */
  paymentId: string
  wanted: bigint
  secured: bigint
  beneficiary: 'victim' | 'insurer'
  /** Null when nothing was there. */
  entry: bigint | null
  at: Instant
}

export const recallHop = defineLog<RecallHop>({
  name: 'guarantee.recall_hop',
  fields: {
    recallId: 'text',
    hop: 'integer',
    payee: 'text',
    paymentId: 'text',
    wanted: 'bigint',
    secured: 'bigint',
    beneficiary: 'text',
    entry: 'bigint',
    at: 'instant',
  },
})

export function recallIdOf(paymentId: string): string {
  return `rcl_${paymentId.replace(/^pay_/, '')}`
}

export function recallKey(paymentId: string): Key {
  return keyOf(recall, recallIdOf(paymentId))
}

export interface RecallStop {
  /** The wallet, or a merchant's payable, from which money is taken back. */
  holder: string
  holderKind: 'person' | 'merchant'
  victim: string
  /** Set when the victim was paid before: then it is the insurer's. */
  subrogatedClaim: string | null
}

function walletOf(stop: Pick<RecallStop, 'holder' | 'holderKind'>): string {
  return accountId(stop.holderKind === 'merchant' ? '2070' : '2010', stop.holder)
}

/** The accounts that `takeBack` touches for this holder. */
export function takeBackKeys(stop: RecallStop): Key[] {
  const keys = [
    accountKey(walletOf(stop)),
    accountKey(accountId('2020', stop.holder)),
    accountKey(accountId('2010', stop.victim)),
  ]
  if (stop.subrogatedClaim === null) return keys
  return [
    ...keys,
    accountKey(accountId('2121')),
    accountKey(accountId('M900', stop.subrogatedClaim)),
    accountKey(accountId('M901', stop.subrogatedClaim)),
  ]
}

/**
 * Takes back at most `wanted`, as much as is still free to move, never more: first into the
 * holder's held money, from there to the victim (or to what is owed to the insurer), in one entry.
 */
export function takeBack(
  state: View,
  wish: RecallStop & { wanted: bigint; ref: string },
  now: Instant,
): { secured: bigint; entry: bigint | null } {
  const from = walletOf(wish)
  const holder = state.get(account, from)
  if (holder === undefined || holder.closedAt !== null) return { secured: 0n, entry: null }
  const amount = smaller(balanceOf(holder).available, wish.wanted)
  if (amount <= 0n) return { secured: 0n, entry: null }
  openAccount(state, { code: '2020', owner: wish.holder }, now)
  const held = accountId('2020', wish.holder)
  const claim = wish.subrogatedClaim
  const onward =
    claim === null
      ? [{ debit: held, credit: accountId('2010', wish.victim), amount }]
      : [
          { debit: held, credit: accountId('2121'), amount },
          { debit: accountId('M901', claim), credit: accountId('M900', claim), amount },
        ]
  const legs = [{ debit: from, credit: held, amount }, ...onward]
  const posted = post(state, { kind: 'recall', ref: wish.ref, legs }, now)
  invariant(posted.ok, `recall ${wish.ref} of what is there must post`)
  return { secured: amount, entry: posted.value.entry }
}
