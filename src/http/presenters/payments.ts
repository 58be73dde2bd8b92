import type { PayeeCheck as ShownCheck, Payment } from '#contract'
import type { PayeeCheck, PaymentView } from '#flows'
import { formatAmount } from '#money'
import { partyOf } from './identity.ts'
import { currency, reasonsOf, timeOf, timeOrNull, warningsOf } from './scalars.ts'

export function paymentOf(view: PaymentView): Payment {
  const { payment, direction } = view
  const open = payment.state === 'challenged' || payment.state === 'held'
  // The payee of a payment learns nothing of what the guard thought of its payer.
  const own = direction === 'out'
  return {
    id: payment.id,
    direction,
    state: payment.state,
    amount: formatAmount(payment.amount),
    currency,
    source: payment.source,
    payer: partyOf(view.payer),
    payee: partyOf(view.payee),
    memo: payment.memo,
    created_at: timeOf(payment.createdAt),
    ended_at: timeOrNull(payment.endedAt),
    deadline: open ? timeOrNull(payment.deadline) : null,
    at_deadline: open ? 'voided' : null,
    outcome: own ? payment.outcome : null,
    decision_id: own ? payment.decisionId : null,
    reasons: own ? reasonsOf(payment.reasons) : [],
    warnings: warningsOf(view.warnings),
    can_approve: view.canApprove,
    can_cancel: view.canCancel,
    report_id: view.reportId,
  }
}

export function payeeCheckOf(check: PayeeCheck): ShownCheck {
  return {
    customer_id: check.id,
    name_masked: check.maskedName,
    kind: check.kind,
    paid_before: check.paidBefore,
    name_match: check.nameMatch,
    warnings: warningsOf(check.warnings),
  }
}
