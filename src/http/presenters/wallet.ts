import type { BankAccount as ShownAccount, StatementLine as ShownLine, TopUp } from '#contract'
import type { Wallet, Withdrawal } from '#contract'
import type { StatementLine, WalletView } from '#flows'
import { formatAmount } from '#money'
import {
  maskAccountNumber,
  type BankAccount,
  type TopUp as TopUpRecord,
  type Withdrawal as WithdrawalRecord,
} from '#wallet'
import { yieldsOf } from './fund.ts'
import { amountOrNull, currency, reasonsOf, timeOf } from './scalars.ts'

export function walletOf(view: WalletView): Wallet {
  const { holding, next, cover } = view
  return {
    currency,
    as_of: timeOf(view.asOf),
    total: formatAmount(view.total),
    wallet: {
      posted: formatAmount(view.posted),
      pending: formatAmount(view.pending),
      available: formatAmount(view.available),
      held: formatAmount(view.held),
    },
    fund: {
      available: formatAmount(holding.available),
      held: formatAmount(holding.held),
      redeeming: formatAmount(holding.redeeming),
    },
    in_transit: {
      subscriptions: formatAmount(holding.subscriptionsInTransit),
      redemptions: formatAmount(holding.redemptionsInTransit),
      withdrawals: formatAmount(view.withdrawals),
    },
    income: {
      yesterday: formatAmount(holding.income.yesterday),
      yesterday_date: view.yesterday,
      cumulative: formatAmount(holding.income.cumulative),
    },
    yields: yieldsOf(view.yields),
    next: {
      cut_off_at: timeOf(next.cutOffAt),
      dealing_day: next.dealingDay,
      earns_from: next.earnsFrom,
      income_shown_on: next.incomeShownOn,
    },
    guarantee: {
      covered: cover !== null,
      insurer: cover?.insurer ?? null,
      per_event_limit: amountOrNull(cover?.perEventLimit ?? null),
    },
  }
}

export function bankAccountOf(account: BankAccount): ShownAccount {
  return {
    id: account.id,
    bank_name: account.bankName,
    number_masked: maskAccountNumber(account.accountNumber),
    holder_name: account.holderName,
    linked_at: timeOf(account.linkedAt),
    usable_from: timeOf(account.usableFrom),
  }
}

export function topUpOf({ id, state, amount, bankAccountId, createdAt }: TopUpRecord): TopUp {
  return {
    id,
    state,
    amount: formatAmount(amount),
    currency,
    bank_account_id: bankAccountId,
    created_at: timeOf(createdAt),
  }
}

export function withdrawalOf(made: WithdrawalRecord): Withdrawal {
  return {
    id: made.id,
    state: made.state,
    amount: formatAmount(made.amount),
    currency,
    bank_account_id: made.bankAccountId,
    created_at: timeOf(made.createdAt),
    reasons: reasonsOf(made.reasons),
  }
}

/** What an entry's kind is called on a statement; in and out where it depends. */
const titles: Readonly<Record<string, string | readonly [into: string, outOf: string]>> = {
  transfer: ['Received', 'Payment'],
  top_up: 'Top-up from the bank',
  withdrawal: 'Withdrawal to the bank',
  withdrawal_returned: 'Withdrawal returned',
  subscribe: 'Into the fund',
  fund_cut_off: 'Order sent to the fund',
  fund_confirm: 'Confirmed by the fund',
  fund_reject: 'Returned by the fund',
  fund_income: 'Income of the fund',
  fast_redemption: 'Out of the fund, at once',
  redemption: 'Out of the fund',
  redemption_paid: 'Paid by the fund',
  recall: ['Recalled for you', 'Recalled: reported as theft'],
  claim_paid: 'Paid under the guarantee',
}

export function statementLineOf({ id, row, place, counterparty }: StatementLine): ShownLine {
  const { kind, amount, ref } = row
  const known = titles[kind] ?? kind.replaceAll('_', ' ')
  const title = typeof known === 'string' ? known : known[amount < 0n ? 1 : 0]
  return {
    id,
    at: timeOf(row.at),
    account: place,
    kind,
    title: title ?? kind,
    amount: formatAmount(amount),
    balance: formatAmount(row.balance),
    ref: ref === '' ? null : ref,
    counterparty,
  }
}
