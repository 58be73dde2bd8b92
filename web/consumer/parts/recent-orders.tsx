import { Button } from '@mantine/core'
import { when } from '../../shared/format.ts'
import { Money } from '../../shared/money.tsx'
import { useFundOrders } from '../queries.ts'
import { texts } from '../texts.ts'
import type { FundOrder } from '#contract'

const t = texts.fund
const looks: Partial<Record<FundOrder['state'], string>> = {
  paid: 'chip-posted',
  confirmed: 'chip-posted',
  challenged: 'chip-challenged',
  held: 'chip-held',
  denied: 'chip-denied',
  rejected: 'chip-denied',
}

/** The last few orders; one that waits for the customer opens. */
export function RecentOrders({ onOpen }: { onOpen: (order: FundOrder) => void }) {
  const { data } = useFundOrders(5)
  if (data === undefined || data.data.length === 0) return null
  return (
    <section className="card">
      <h2>{t.orders}</h2>
      {data.data.map((order) => (
        <div className="row" key={order.id}>
          <span className="row-main">
            <span className="row-title">{t.kinds[order.kind]}</span>
            <span className="row-sub">{when(order.created_at, 'moment')}</span>
          </span>
          <span className="row-end">
            <Money amount={order.amount} />
            {order.state === 'challenged' ? (
              <Button size="compact-xs" variant="light" onClick={() => onOpen(order)}>
                {t.states.challenged}
              </Button>
            ) : (
              <span className={`chip ${looks[order.state] ?? ''}`}>{t.states[order.state]}</span>
            )}
          </span>
        </div>
      ))}
    </section>
  )
}
