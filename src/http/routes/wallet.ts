import { ok } from '#kernel'
import type { Handlers } from '../handler.ts'
import type { HandlerOptions } from '../handlers.ts'
import { pageAsked, pageShown } from '../page-of.ts'
import { reasonsOf } from '../presenters/scalars.ts'
import {
  bankAccountOf,
  statementLineOf,
  topUpOf,
  walletOf,
  withdrawalOf,
} from '../presenters/wallet.ts'
import { fenOf } from '../fen-of.ts'

type Names =
  | 'getWallet'
  | 'listBankAccounts'
  | 'linkBankAccount'
  | 'topUp'
  | 'withdraw'
  | 'getStatement'

export function walletHandlers({ flows }: HandlerOptions): Handlers<Names> {
  return {
    getWallet: async ({ actor }) => ok(walletOf(await flows.readWallet(actor))),
    listBankAccounts: async ({ actor }) =>
      ok({ data: (await flows.readBankAccounts(actor)).map(bankAccountOf) }),
    async linkBankAccount({ actor, key: requestId, body }) {
      const { account_number: accountNumber, bank_name: bankName } = body
      const linked = await flows.linkBankAccount(actor, { requestId, accountNumber, bankName })
      if (!linked.ok) return linked
      const { account, decision } = linked.value
      return ok({
        account: account === null ? null : bankAccountOf(account),
        outcome: decision.outcome,
        reasons: decision.outcome === 'allow' ? [] : reasonsOf(decision.reasons),
      })
    },
    async topUp({ actor, key: requestId, body }) {
      const { bank_account_id: bankAccountId, amount } = body
      const made = await flows.topUp(actor, { requestId, bankAccountId, amount: fenOf(amount) })
      return made.ok ? ok(topUpOf(made.value)) : made
    },
    async withdraw({ actor, key: requestId, body }) {
      const { bank_account_id: bankAccountId, source } = body
      const wish = { requestId, bankAccountId, amount: fenOf(body.amount), source }
      const made = await flows.withdraw(actor, wish)
      return made.ok ? ok(withdrawalOf(made.value)) : made
    },
    async getStatement({ actor, query }) {
      const lines = await flows.readStatement(actor, pageAsked(query))
      return lines.ok ? ok(pageShown(lines.value, query.limit, statementLineOf)) : lines
    },
  }
}
