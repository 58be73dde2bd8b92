import type { Command } from '#commit'
import { actorKeys, standingOf } from '#identity'
import { fail, ok, type Result } from '#kernel'
import { accountId } from '#ledger'
import { guardKeys, recordEvent } from '#risk'
import { isPassing } from '#partners'
import {
  bankAccount,
  bankAccountKey,
  endTopUp,
  freshTopUpKey,
  topUp,
  topUpAccountKeys,
  topUpKey,
  waitingTopUps,
  type TopUp,
} from '#wallet'
import type { Actor, FlowContext, Problem } from './context.ts'
import { submit } from './submit.ts'

interface Opening {
  readonly id: string
  readonly bankAccountId: string
  readonly amount: bigint
  readonly actor: Actor
}
type Opened = { topUp: TopUp } | { refused: Problem; undecided?: true }

const openCommand: Command<Opening, Opened> = {
  name: 'flows.open-top-up',
  reads: ({ id, bankAccountId, actor }) => [
    freshTopUpKey(id),
    bankAccountKey(bankAccountId),
    ...actorKeys(actor),
  ],
  apply(state, { id, bankAccountId, amount, actor }, now) {
    // Money coming in does no harm to a frozen customer: only an ended session refuses.
    if (standingOf(state, actor, now) === 'session_expired') {
      return { refused: { code: 'session_expired' }, undecided: true }
    }
    const from = state.get(bankAccount, bankAccountId)
    if (from?.customerId !== actor.customerId || from.unlinkedAt !== null) {
      return { refused: { code: 'bank_account_not_found', param: 'bank_account_id' } }
    }
    const opened: TopUp = {
      id,
      customerId: actor.customerId,
      bankAccountId,
      accountNumber: from.accountNumber,
      amount,
      state: 'pending',
      refusal: null,
      createdAt: now,
      endedAt: null,
    }
    state.put(topUp, opened)
    state.emit('top_up.opened', { id })
    return { topUp: opened }
  },
}

type Answered = { present: TopUp; refusal: string | null }

const endCommand: Command<Answered, TopUp | null> = {
  name: 'flows.end-top-up',
  reads: ({ present }) => [
    topUpKey(present.id),
    ...topUpAccountKeys(present.customerId),
    ...guardKeys(partiesOf(present.customerId)),
  ],
  apply(state, { present, refusal }, now) {
    const before = state.get(topUp, present.id)
    const ended = endTopUp(state, { id: present.id, refusal }, now)
    if (!ended.ok) return null
    if (before?.state === 'pending' && ended.value.state === 'settled') {
      const { customerId, amount } = present
      const parties = partiesOf(customerId)
      recordEvent(state, { kind: 'topped_up', customerId, parties, amount }, now)
    }
    return ended.value
  },
}

function partiesOf(customerId: string) {
  return {
    holder: accountId('2010', customerId),
    payeeHolder: null,
    deviceId: null,
    network: null,
  }
}

/**
 * Asks the bank for the money of an opened top-up and books its answer. Safe to repeat: the bank
 * and the books both know the top-up's id. A bank that does not answer leaves it pending.
 */
export function createSettleTopUp(context: FlowContext) {
  return async (present: TopUp): Promise<TopUp> => {
    const { bank } = context.partners
    if (bank === undefined || present.state !== 'pending') return present
    const { id, accountNumber, amount } = present
    const collected = await bank.collect({ reference: id, accountNumber, amount })
    if (!collected.ok && isPassing(collected.error)) return present
    const refusal = collected.ok ? null : collected.error
    const request = { owner: 'jobs', id: `end:${id}`, content: { id, refusal } }
    const ended = await submit(context, endCommand, { ...request, input: { present, refusal } })
    return ended.ok && ended.value !== null ? ended.value : present
  }
}

/** Brings every pending top-up forward; for the jobs, after a restart or a silent bank. */
export function createSettleTopUps(context: FlowContext) {
  const settle = createSettleTopUp(context)
  return async (): Promise<number> => {
    const waiting = await waitingTopUps(context.sql)
    const ended = await Promise.all(waiting.map(settle))
    return ended.filter((each) => each.state !== 'pending').length
  }
}

/**
 * Brings money in from a linked bank account. Errors: partner_not_configured,
 * bank_account_not_found, bank_refused, session_expired, id_reused, unavailable.
 */
export function createTopUp(context: FlowContext) {
  const settle = createSettleTopUp(context)
  return async (
    actor: Actor,
    input: { requestId: string; bankAccountId: string; amount: bigint },
  ): Promise<Result<TopUp, Problem>> => {
    if (context.partners.bank === undefined) return fail({ code: 'partner_not_configured' })
    const { bankAccountId, amount } = input
    const opened = await submit(context, openCommand, {
      owner: actor.customerId,
      id: `top-up:${input.requestId}`,
      content: { bankAccountId, amount },
      input: { id: context.ids.next('top'), bankAccountId, amount, actor },
    })
    if (!opened.ok) return opened
    if ('refused' in opened.value) return fail(opened.value.refused)
    const ended = await settle(opened.value.topUp)
    return ended.state === 'failed'
      ? fail({ code: 'bank_refused', detail: ended.refusal ?? 'refused' })
      : ok(ended)
  }
}
