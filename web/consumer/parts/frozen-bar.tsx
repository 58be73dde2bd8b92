import { IconSnowflake } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { when } from '../../shared/format.ts'
import { texts } from '../texts.ts'
import type { Customer } from '#contract'

/** On every page while the account is frozen. */
export function FrozenBar(props: { customer: Customer; reportId: string | null }) {
  const { customer, reportId } = props
  if (customer.status !== 'frozen') return null
  return (
    <section className="warning is-frozen" aria-live="polite">
      <IconSnowflake size={22} stroke={1.8} aria-hidden="true" />
      <div>
        <strong>{texts.safety.frozenTitle}</strong>
        <p>{texts.safety.frozenText(when(customer.frozen_at ?? customer.created_at, 'moment'))}</p>
      </div>
      {reportId === null ? (
        <Link to="/safety" className="warning-link">
          {texts.safety.unfreeze}
        </Link>
      ) : (
        <Link to="/reports/$id" params={{ id: reportId }} className="warning-link">
          {texts.safety.openReport}
        </Link>
      )}
    </section>
  )
}
