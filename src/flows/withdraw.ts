import type { Command, View } from '#commit'
import {
  cardRoom,
  fastRedemptionLegs,
  recordFastRedemption,
  redemptionErrorOf,
  redemptionKeys,
} from '#fund'
import { actorKeys, guardViewOf, standingOf } from '#identity'
import { fail, type Instant, invariant, localDateOf, ok, type Result } from '#kernel'
import { account, accountId, accountKey, balanceOf, post, type Leg, type PostError } from '#ledger'
import { decideInCommand, guardKeys, recordEvent, type Decision } from '#risk'
import {
  bankAccount,
  bankAccountKey,
  freshWithdrawalKey,
  withdrawal,
  withdrawalAccountKeys,
  withdrawalLegs,
  type BankAccount,
  type Withdrawal,
} from '#wallet'
import type { Actor, FlowContext, Problem } from './context.ts'
import { createSettleWithdrawal } from './settle-withdrawals.ts'
import { submit } from './submit.ts'

/** Where the money comes from: free in the wallet, or units redeemed fast in the same entry. */
export type WithdrawalSource = 'wallet' | 'fund'

interface Opening {
  readonly id: string
  readonly decisionId: string
  readonly bankAccountId: string
  readonly amount: bigint
  readonly source: WithdrawalSource
  /** Of the fast redemption behind a withdrawal from the fund. */
  readonly orderId: string
  readonly actor: Actor
}
type Opened = { withdrawal: Withdrawal } | { refused: Problem; undecided?: true }

/**
 * Money leaves only to an account of the customer's own. The guard knows allow and deny here: a
 * challenge counts as denied, with the word to use a trusted device.
 */
const openCommand: Command<Opening, Opened> = {
  name: 'flows.open-withdrawal',
  reads: (input) => [
    freshWithdrawalKey(input.id),
    bankAccountKey(input.bankAccountId),
    ...actorKeys(input.actor),
    ...withdrawalAccountKeys(input.actor.customerId),
    ...(input.source === 'fund' ? redemptionKeys(redemptionOf(input)) : []),
    accountKey(accountId('R201', input.actor.customerId)),
    ...guardKeys(partiesOf(input.actor)),
  ],
  apply(state, input, now) {
    const { actor, amount } = input
    const standing = standingOf(state, actor, now)
    if (standing === 'session_expired') return { refused: { code: standing }, undecided: true }
    if (standing === 'customer_frozen') return { refused: { code: standing } }
    const to = state.get(bankAccount, input.bankAccountId)
    const refused = refusalOf(state, { input, to, now })
    if (refused !== null || to === undefined) {
      return { refused: refused ?? { code: 'bank_account_not_found' } }
    }
    const decision = decide(state, { input, to, now })
    const opened = withdrawalOf(input, { to, decision, now })
    if (decision.outcome !== 'allow') {
      state.put(withdrawal, { ...opened, state: 'denied', endedAt: now })
      return { withdrawal: { ...opened, state: 'denied', endedAt: now } }
    }
    const legs = legsOf(input, opened)
    const posted = post(state, { kind: 'withdrawal', ref: opened.id, legs }, now)
    if (!posted.ok) return { refused: problemOf(posted.error) }
    if (input.source === 'fund') {
      const wish = { ...redemptionOf(input), amount, decisionId: decision.id, paymentId: null }
      const ordered = recordFastRedemption(state, wish, now)
      // Money was moved already in this command: beyond the calendar all of it must be dropped.
      invariant(ordered.ok, 'the calendar ends before this redemption can be settled')
    }
    state.put(withdrawal, opened)
    const { customerId } = actor
    recordEvent(state, { kind: 'withdrawn', customerId, parties: partiesOf(actor), amount }, now)
    state.emit('withdrawal.opened', { id: opened.id })
    return { withdrawal: opened }
  },
}

/** Units become the bank's, its facility fills the wallet, the wallet pays: all or nothing. */
function legsOf({ source }: Opening, opened: Withdrawal): Leg[] {
  const legs = withdrawalLegs(opened)
  return source === 'fund' ? [...fastRedemptionLegs(opened), ...legs] : legs
}

function redemptionOf({ orderId, actor }: Opening) {
  return { orderId, customerId: actor.customerId, toCard: true }
}

function problemOf(error: PostError): Problem {
  const code = redemptionErrorOf(error)
  // The bank advances no more today: normal redemption to the wallet is still there.
  if (code === 'facility_exhausted') return { code, param: 'source', detail: 'normal' }
  return { code: 'insufficient_funds' }
}

interface Asked {
  readonly input: Opening
  readonly now: Instant
}

function refusalOf(
  state: View,
  { input, to, now }: Asked & { to: BankAccount | undefined },
): Problem | null {
  if (to?.customerId !== input.actor.customerId || to.unlinkedAt !== null) {
    return { code: 'bank_account_not_found', param: 'bank_account_id' }
  }
  if (now < to.usableFrom) return { code: 'bank_account_cooling_off', param: 'bank_account_id' }
  const { customerId } = input.actor
  const fromFund = input.source === 'fund'
  if (fromFund && cardRoom(state, customerId, localDateOf(now)) < input.amount) {
    return { code: 'fast_redemption_exceeded', param: 'amount' }
  }
  const from = state.get(account, accountId(fromFund ? 'R201' : '2010', customerId))
  const enough = from !== undefined && balanceOf(from).available >= input.amount
  return enough ? null : { code: 'insufficient_funds' }
}

function decide(state: View, { input, to, now }: Asked & { to: BankAccount }): Decision {
  const { actor, amount } = input
  const available = (code: '2010' | 'R201') => {
    const found = state.get(account, accountId(code, actor.customerId))
    return found === undefined ? 0n : balanceOf(found).available
  }
  return decideInCommand(
    state,
    {
      decisionId: input.decisionId,
      step: 'withdrawal',
      subject: input.id,
      parties: partiesOf(actor),
      ...guardViewOf(state, actor, now),
      deviceSignals: actor.signals,
      money: {
        amount,
        source: input.source,
        walletAvailable: available('2010'),
        fundUnits: available('R201'),
      },
      payee: null,
      bankAccount: { linkedAt: to.linkedAt },
    },
    now,
  )
}

function withdrawalOf(
  input: Opening,
  { to, decision, now }: { to: BankAccount; decision: Decision; now: Instant },
): Withdrawal {
  const reasons = decision.reasons.map(({ code, sentence }) => ({ code, sentence }))
  return {
    id: input.id,
    customerId: input.actor.customerId,
    bankAccountId: to.id,
    accountNumber: to.accountNumber,
    amount: input.amount,
    state: 'pending',
    decisionId: decision.id,
    reasons: decision.outcome === 'allow' || reasons.length === 0 ? null : reasons,
    createdAt: now,
    endedAt: null,
  }
}

function partiesOf(actor: Actor) {
  const { deviceId, network } = actor
  return { holder: accountId('2010', actor.customerId), payeeHolder: null, deviceId, network }
}

/**
 * Pays out to a linked bank account of the customer's own, from the wallet or straight from the
 * fund: a fast redemption to a card, up to the cap of the day (fast_redemption_exceeded) and the
 * bank's facility (facility_exhausted). Errors: partner_not_configured, bank_account_not_found,
 * bank_account_cooling_off, insufficient_funds, customer_frozen, session_expired, id_reused,
 * unavailable.
 */
export function createWithdraw(context: FlowContext) {
  const settle = createSettleWithdrawal(context)
  return async (
    actor: Actor,
    input: {
      requestId: string
      bankAccountId: string
      amount: bigint
      source?: WithdrawalSource
    },
  ): Promise<Result<Withdrawal, Problem>> => {
    if (context.partners.bank === undefined) return fail({ code: 'partner_not_configured' })
    if (input.source === 'fund' && context.partners.fundManager === undefined) {
      return fail({ code: 'partner_not_configured', param: 'fund_manager' })
    }
    const { bankAccountId, amount, source = 'wallet' } = input
    const opened = await submit(context, openCommand, {
      owner: actor.customerId,
      id: `withdraw:${input.requestId}`,
      content: { bankAccountId, amount, ...(source === 'fund' && { source }) },
      input: {
        id: context.ids.next('wdr'),
        decisionId: context.ids.next('dec'),
        bankAccountId,
        amount,
        source,
        orderId: context.ids.next('ord'),
        actor,
      },
    })
    if (!opened.ok) return opened
    if ('refused' in opened.value) return fail(opened.value.refused)
    return ok(await settle(opened.value.withdrawal))
  }
}
