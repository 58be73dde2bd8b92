import { defineRecord, keyOf, type Command, type Key, type View } from '#commit'
import type { Instant } from '#kernel'

/** Accounts at banks between which the fund's money moves; the bank partner knows these names. */
export type FundBankAccount = 'reserve' | 'settlement' | 'custodian' | 'facility'

/**
 * Money that our books have moved between banks, and whether the bank has. Written in the same
 * command as the entry, so a bank that is silent for an hour changes nothing but the time.
 */
export interface FundTransfer {
  readonly id: string
  /** Order in which they became due: the bank hears of them in this order. */
  readonly number: bigint
  readonly fromAccount: FundBankAccount
  readonly toAccount: FundBankAccount
  /** Fen. */
  readonly amount: bigint
  readonly state: 'due' | 'moved'
  /** Part of the bank's reference: a final refusal is asked again under a new one. */
  readonly attempt: number
  readonly createdAt: Instant
  readonly movedAt: Instant | null
}

export const fundTransfer = defineRecord<FundTransfer>({
  name: 'fund.transfer',
  key: 'id',
  fields: {
    id: 'text',
    number: 'bigint',
    fromAccount: 'text',
    toAccount: 'text',
    amount: 'bigint',
    state: 'text',
    attempt: 'integer',
    createdAt: 'instant',
    movedAt: 'instant',
  },
  constant: ['number', 'fromAccount', 'toAccount', 'amount', 'createdAt'],
})

/** Topic of the message that a transfer has become due: `{id}`. */
export const transferDueTopic = 'fund.transfer_due'

export function transferKey(id: string): Key {
  return keyOf(fundTransfer, id)
}

/** Notes money to be moved at the bank; nothing when the amount is zero. */
export function dueTransfer(
  state: View,
  wish: Pick<FundTransfer, 'id' | 'fromAccount' | 'toAccount' | 'amount'>,
  now: Instant,
): void {
  if (wish.amount === 0n) return
  state.put(fundTransfer, {
    ...wish,
    number: state.nextNumber(),
    state: 'due',
    attempt: 1,
    createdAt: now,
    movedAt: null,
  })
  state.emit(transferDueTopic, { id: wish.id })
}

/** What the bank knows a transfer by. */
export function transferReference(transfer: Pick<FundTransfer, 'id' | 'attempt'>): string {
  return transfer.attempt === 1 ? transfer.id : `${transfer.id}/${transfer.attempt}`
}

/**
 * Notes what the bank said. `moved` ends the transfer, once; `refused` leaves it due under a new
 * reference. Answers the state afterwards.
 */
export const recordTransfer: Command<
  { id: string; attempt: number; outcome: 'moved' | 'refused' },
  'due' | 'moved' | 'not_found'
> = {
  name: 'fund.record_transfer',
  reads: ({ id }) => [transferKey(id)],
  apply(state, { id, attempt, outcome }, now) {
    const present = state.get(fundTransfer, id)
    if (present === undefined) return 'not_found'
    if (present.state === 'moved') return 'moved'
    if (outcome === 'moved') {
      state.put(fundTransfer, { ...present, state: 'moved', movedAt: now })
      return 'moved'
    }
    if (present.attempt === attempt) state.put(fundTransfer, { ...present, attempt: attempt + 1 })
    return 'due'
  },
}
