import type { Command } from '#commit'
import { actorKeys, findCustomer, guardViewOf, standingOf } from '#identity'
import { fail, ok, type Result, sha256Hex } from '#kernel'
import { accountId } from '#ledger'
import { cleanChannels, notify } from '#notifications'
import { isPassing } from '#partners'
import { decideInCommand, guardKeys, type Decision } from '#risk'
import {
  bankAccount,
  bankAccountKey,
  linkCoolOffMs,
  maskAccountNumber,
  type BankAccount,
} from '#wallet'
import type { Actor, FlowContext, Problem } from './context.ts'
import { submit } from './submit.ts'

interface Link {
  readonly id: string
  readonly decisionId: string
  readonly actor: Actor
  readonly bankName: string
  readonly accountNumber: string
  readonly holderName: string
}

export interface LinkAnswer {
  /** null: the guard did not let it happen. */
  readonly account: BankAccount | null
  readonly decision: Omit<Decision, 'ruleHits'>
}
type Linked = LinkAnswer | { refused: Problem; undecided?: true }

const linkCommand: Command<Link, Linked> = {
  name: 'flows.link-bank-account',
  reads: ({ id, actor }) => [
    bankAccountKey(id),
    ...actorKeys(actor),
    ...guardKeys(partiesOf(actor)),
  ],
  apply(state, input, now) {
    const { id, actor, bankName, accountNumber, holderName } = input
    const standing = standingOf(state, actor, now)
    if (standing === 'session_expired') return { refused: { code: standing }, undecided: true }
    if (standing === 'customer_frozen') return { refused: { code: standing } }
    if (state.get(bankAccount, id)?.unlinkedAt === null) {
      return { refused: { code: 'bank_account_linked', param: 'account_number' } }
    }
    const { ruleHits: _, ...decision } = decideInCommand(
      state,
      {
        decisionId: input.decisionId,
        step: 'link_bank_account',
        subject: id,
        parties: partiesOf(actor),
        ...guardViewOf(state, actor, now),
        deviceSignals: actor.signals,
        money: null,
        payee: null,
        bankAccount: { linkedAt: now },
      },
      now,
    )
    if (decision.outcome !== 'allow') return { account: null, decision }
    const linked: BankAccount = {
      id,
      customerId: actor.customerId,
      bankName,
      accountNumber,
      holderName,
      linkedAt: now,
      usableFrom: now + linkCoolOffMs,
      unlinkedAt: null,
    }
    state.put(bankAccount, linked)
    const params = { account: maskAccountNumber(accountNumber) }
    const told = { customerId: actor.customerId, channels: cleanChannels, params }
    notify(state, { ...told, template: 'bank_account_linked' }, now)
    return { account: linked, decision }
  },
}

function partiesOf(actor: Actor) {
  const { deviceId, network } = actor
  return { holder: accountId('2010', actor.customerId), payeeHolder: null, deviceId, network }
}

/**
 * Links a bank account after the bank has confirmed that the customer is its holder.
 * Errors: partner_not_configured, partner_unavailable, bank_refused, holder_name_mismatch,
 * bank_account_linked, customer_frozen, session_expired, id_reused, unavailable.
 */
export function createLinkBankAccount(context: FlowContext) {
  return async (
    actor: Actor,
    input: { requestId: string; bankName: string; accountNumber: string },
  ): Promise<Result<LinkAnswer, Problem>> => {
    const { bank } = context.partners
    if (bank === undefined) return fail({ code: 'partner_not_configured' })
    const who = await findCustomer(context.sql, actor.customerId)
    if (who === null) return fail({ code: 'session_expired' })
    const { bankName, accountNumber } = input
    const confirmed = await bank.confirmHolder({ accountNumber, name: who.name })
    if (!confirmed.ok) {
      const code = isPassing(confirmed.error) ? 'partner_unavailable' : 'bank_refused'
      return fail({ code, param: 'account_number' })
    }
    if (confirmed.value === 'mismatch') return fail({ code: 'holder_name_mismatch' })
    const answer = await submit(context, linkCommand, {
      owner: actor.customerId,
      id: `link:${input.requestId}`,
      content: { bankName, accountNumber },
      input: {
        id: bankAccountIdOf(actor.customerId, accountNumber),
        decisionId: context.ids.next('dec'),
        actor,
        bankName,
        accountNumber,
        holderName: who.name,
      },
    })
    if (!answer.ok) return answer
    return 'refused' in answer.value ? fail(answer.value.refused) : ok(answer.value)
  }
}

/** The same account of the same customer always has the same id: it cannot be linked twice. */
function bankAccountIdOf(customerId: string, accountNumber: string): string {
  return `bka_${sha256Hex(`${customerId}/${accountNumber}`).slice(0, 16)}`
}
