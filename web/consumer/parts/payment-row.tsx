import { Link } from '@tanstack/react-router'
import { when } from '../../shared/format.ts'
import { Money } from '../../shared/money.tsx'
import { texts } from '../texts.ts'
import { Initials } from './initials.tsx'
import type { Payment } from '#contract'

/** One payment in a list. */
export function PaymentRow({ payment }: { payment: Payment }) {
  const isIn = payment.direction === 'in'
  const other = isIn ? payment.payer : payment.payee
  const moved = payment.state === 'posted'
  return (
    <Link to="/payments/$id" params={{ id: payment.id }} className="row row-link">
      <Initials name={other.name} />
      <span className="row-main">
        <span className="row-title">{other.name}</span>
        <span className="row-sub">
          {when(payment.created_at, 'moment')}
          {payment.memo !== null && payment.memo !== '' && ` · ${payment.memo}`}
        </span>
      </span>
      <span className="row-end">
        <span className={moved ? (isIn ? 'is-in' : '') : 'is-off'}>
          <Money amount={isIn ? payment.amount : `-${payment.amount}`} plus={isIn} />
        </span>
        {!moved && <StateChip state={payment.state} />}
      </span>
    </Link>
  )
}

export function StateChip({ state }: { state: Payment['state'] }) {
  return <span className={`chip chip-${state}`}>{texts.payment.states[state]}</span>
}
