import { Button, SegmentedControl } from '@mantine/core'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useState, type SyntheticEvent } from 'react'
import { freshKey } from '../../shared/api.ts'
import { money, when } from '../../shared/format.ts'
import { AmountField } from '../forms/amount-field.tsx'
import { FormError } from '../forms/form-error.tsx'
import { ApproveOrder } from '../parts/approve-order.tsx'
import { Done } from '../parts/done.tsx'
import { PageHead } from '../parts/page-head.tsx'
import { RecentOrders } from '../parts/recent-orders.tsx'
import { StandingOrder } from '../parts/standing-order.tsx'
import { Statements } from '../parts/statements.tsx'
import { toAmount } from '../phone.ts'
import { useAct, useWallet } from '../queries.ts'
import { texts } from '../texts.ts'
import type { FundOrder, Wallet } from '#contract'

const t = texts.fund
const stopped = new Set<FundOrder['state']>(['denied', 'rejected', 'lapsed'])

/** Between wallet and fund, both ways. */
export function FundPage() {
  const { way } = useSearch({ from: '/frame/fund' })
  const direction = way === 'out' ? 'out' : 'in'
  const navigate = useNavigate()
  const wallet = useWallet()
  const [order, setOrder] = useState<FundOrder>()
  return (
    <div className="narrow">
      <PageHead title={t.title} />
      <SegmentedControl
        fullWidth
        size="md"
        radius="xl"
        value={direction}
        onChange={(value) => {
          setOrder(undefined)
          void navigate({ to: '/fund', search: { way: value }, replace: true })
        }}
        data={[
          { value: 'in', label: t.in },
          { value: 'out', label: t.out },
        ]}
      />
      {order === undefined ? (
        <FundForm key={direction} way={direction} wallet={wallet.data} onDone={setOrder} />
      ) : (
        <OrderDone order={order} onDone={setOrder} />
      )}
      <RecentOrders onOpen={setOrder} />
      <StandingOrder />
      <Statements />
    </div>
  )
}

interface FundFormProps {
  way: 'in' | 'out'
  wallet: Wallet | undefined
  onDone: (order: FundOrder) => void
}

function FundForm({ way, wallet, onDone }: FundFormProps) {
  const [amount, setAmount] = useState('')
  const [speed, setSpeed] = useState<'fast' | 'normal'>('fast')
  const [key, setKey] = useState(freshKey)
  const subscribe = useAct('POST /v1/fund/subscriptions')
  const redeem = useAct('POST /v1/fund/redemptions')
  const sum = toAmount(amount)
  const free = way === 'in' ? wallet?.wallet.available : wallet?.fund.available
  const error = subscribe.error ?? redeem.error
  const submit = (event: SyntheticEvent) => {
    event.preventDefault()
    if (sum === undefined) return
    const options = { onSuccess: onDone, onError: () => setKey(freshKey()) }
    if (way === 'in') subscribe.mutate({ body: { amount: sum }, idempotencyKey: key }, options)
    else redeem.mutate({ body: { amount: sum, speed }, idempotencyKey: key }, options)
  }
  return (
    <form onSubmit={submit} className="card form-card">
      <AmountField
        label={t.amount}
        value={amount}
        onChange={setAmount}
        hint={free === undefined ? undefined : (way === 'in' ? t.inWallet : t.inFund)(money(free))}
      />
      {free !== undefined && (
        <Button
          className="all-of-it"
          variant="light"
          size="compact-sm"
          onClick={() => setAmount(free)}
        >
          {t.everything}
        </Button>
      )}
      {way === 'out' && <SpeedChoice value={speed} onChange={setSpeed} />}
      <FormError error={error} />
      <Button
        type="submit"
        size="lg"
        disabled={sum === undefined}
        loading={subscribe.isPending || redeem.isPending}
      >
        {sum === undefined ? t[way] : (way === 'in' ? t.moveIn : t.moveOut)(money(sum))}
      </Button>
    </form>
  )
}

type Speed = 'fast' | 'normal'

function SpeedChoice(props: { value: Speed; onChange: (value: Speed) => void }) {
  return (
    <fieldset className="choice">
      <legend className="visually-hidden">{t.out}</legend>
      {(['fast', 'normal'] as const).map((speed) => (
        <label key={speed} className={`choice-card ${props.value === speed ? 'is-chosen' : ''}`}>
          <input
            type="radio"
            name="speed"
            value={speed}
            checked={props.value === speed}
            onChange={() => props.onChange(speed)}
          />
          <span className="choice-title">{t[speed]}</span>
          <span className="choice-sub">{speed === 'fast' ? t.fastHint : t.normalHint}</span>
        </label>
      ))}
    </fieldset>
  )
}

function OrderDone({ order, onDone }: { order: FundOrder; onDone: (order: FundOrder) => void }) {
  const sum = money(order.amount)
  if (stopped.has(order.state)) {
    return <Done kind="stopped" title={t.stopped} reasons={order.reasons} />
  }
  if (order.state === 'held') {
    return <Done kind="waiting" title={t.waiting} reasons={order.reasons} />
  }
  if (order.state === 'challenged') {
    return (
      <Done kind="waiting" title={t.challenged} reasons={order.reasons}>
        <ApproveOrder order={order} onDone={onDone} />
      </Done>
    )
  }
  if (order.kind === 'subscription') {
    const from = when(order.earns_from ?? order.confirms_on, 'weekday')
    return <Done kind="done" title={t.doneIn(sum, from)} reasons={order.reasons} />
  }
  const title =
    order.kind === 'fast_redemption'
      ? t.doneOut(sum)
      : t.doneOutLater(sum, when(order.confirms_on, 'weekday'))
  return <Done kind="done" title={title} reasons={order.reasons} />
}
