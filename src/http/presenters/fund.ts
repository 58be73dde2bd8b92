import type {
  Fund,
  FundOrder as ShownOrder,
  StandingOrder as ShownStanding,
  YieldDay,
} from '#contract'
import type { FundView } from '#flows'
import {
  formatMilliPercent,
  formatPer10k,
  redemptionEntitlement,
  standingOrdersMs,
  subscriptionEntitlement,
  type FundOrder,
  type PublishedDay,
  type StandingOrder,
} from '#fund'
import { formatAmount } from '#money'
import { amountOrNull, currency, reasonsOf, timeOf, timeOrNull } from './scalars.ts'

const minuteMs = 60_000

export function yieldsOf(days: readonly PublishedDay[]): YieldDay[] {
  return days.flatMap(({ date, per10k, yield7d }) =>
    per10k === null
      ? []
      : [
          {
            date,
            per_10k: formatPer10k(per10k),
            seven_day_yield: yield7d === null ? null : formatMilliPercent(yield7d),
          },
        ],
  )
}

export function fundOf(view: FundView): Fund {
  const { parameters } = view
  const yields = yieldsOf(view.yields)
  return {
    name: 'Coffer Money Fund',
    manager: 'One fund manager, as in 2013',
    nav: '1.0000',
    currency,
    latest: yields.at(-1) ?? null,
    yields,
    cut_off: clockTime(parameters.cutOffMs),
    next_cut_off_at: timeOf(view.nextCutOffAt),
    next_dealing_day: view.nextDealingDay,
    is_dealing_day: view.isDealingDay,
    holding_cap: formatAmount(parameters.holdingCapFen),
    fast_redemption_cap: amountOrNull(parameters.fastRedemptionToCardCapFen),
  }
}

/** Our states in the customer's words: an advance is money in his wallet. */
const shownStates = {
  accepted: 'accepted',
  confirmed: 'confirmed',
  paid: 'paid',
  advanced: 'paid',
  settled: 'paid',
  rejected: 'rejected',
  cancelled: 'cancelled',
  deferred: 'deferred',
  challenged: 'challenged',
  denied: 'denied',
  lapsed: 'lapsed',
} as const satisfies Record<FundOrder['state'], ShownOrder['state']>

interface Decided {
  readonly outcome: ShownOrder['outcome']
  readonly reasons: readonly { readonly code: string; readonly sentence: string }[]
}

/** An order; `sent`: the fund has it. Throws CalendarHorizonError. */
export function fundOrderOf(
  order: FundOrder & { readonly sent?: boolean },
  decision: Decided | null = null,
): ShownOrder {
  const { kind, placedAt, state } = order
  const bought = kind === 'subscription' ? subscriptionEntitlement(placedAt) : null
  const sold = kind === 'normal_redemption' ? redemptionEntitlement(placedAt) : null
  const shown = shownStates[state]
  return {
    id: order.id,
    kind,
    state: shown === 'accepted' && order.sent === true ? 'sent' : shown,
    amount: formatAmount(order.amount),
    confirmed_amount: amountOrNull(order.confirmedAmount ?? afterLoss(order)),
    deferred_amount: formatAmount(order.deferredAmount),
    deferred_from: order.deferredFrom,
    currency,
    created_at: timeOf(placedAt),
    dealing_day: order.dealingDay,
    confirms_on: order.confirmationDay,
    earns_from: bought?.earnsFrom ?? null,
    earns_until: sold?.earnsThrough ?? null,
    income_shown_on: bought?.incomeShownOn ?? null,
    outcome: decision?.outcome ?? null,
    reasons: decision === null || decision.outcome === 'allow' ? [] : reasonsOf(decision.reasons),
  }
}

/** What a loss has left of a redemption before the fund was asked for it; null: all of it. */
function afterLoss({ amount, deferredAmount, lossAmount }: FundOrder): bigint | null {
  return lossAmount === 0n ? null : amount - deferredAmount - lossAmount
}

/** null: there is none. */
export function standingOrderOf(order: StandingOrder | null): ShownStanding {
  return {
    active: order !== null,
    wallet_keeps: amountOrNull(order?.keepFen ?? null),
    currency,
    carried_out_at: clockTime(standingOrdersMs),
    set_at: timeOrNull(order?.setAt ?? null),
  }
}

function clockTime(sinceMidnightMs: number): string {
  const minutes = sinceMidnightMs / minuteMs
  const two = (value: number) => String(Math.floor(value)).padStart(2, '0')
  return `${two(minutes / 60)}:${two(minutes % 60)}`
}
