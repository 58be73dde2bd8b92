import { Button, Checkbox, Textarea } from '@mantine/core'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { freshKey } from '../../shared/api.ts'
import { money, sumOf, when } from '../../shared/format.ts'
import { Money } from '../../shared/money.tsx'
import { FormError } from '../forms/form-error.tsx'
import { StateChip } from '../parts/payment-row.tsx'
import { PageHead } from '../parts/page-head.tsx'
import { Empty, RowsLoading } from '../parts/states.tsx'
import { StepLine } from '../parts/step-line.tsx'
import { usePayments, useReportTheft } from '../queries.ts'
import { texts } from '../texts.ts'
import type { Payment } from '#contract'

const t = texts.robbed

function canReport({ direction, state, report_id: reported }: Payment): boolean {
  return (
    direction === 'out' && reported === null && ['posted', 'held', 'challenged'].includes(state)
  )
}

/** Tick, confirm, and everything starts. */
export function RobbedPage() {
  const { payment } = useSearch({ from: '/frame/robbed' })
  const first = payment === undefined ? [] : [payment]
  const [ticked, setTicked] = useState<ReadonlySet<string>>(new Set(first))
  const [step, setStep] = useState(0)
  const { data } = usePayments(50)
  const payments = data?.data.filter(canReport)
  const chosen = payments?.filter(({ id }) => ticked.has(id)) ?? []
  const tick = (id: string) => {
    const next = new Set(ticked)
    if (!next.delete(id)) next.add(id)
    setTicked(next)
  }
  return (
    <div className="narrow">
      <PageHead title={t.title} back="/safety" />
      <StepLine steps={t.steps} at={step} />
      {step === 0 ? (
        <section className="card">
          <h2>{t.pick}</h2>
          <p className="field-hint">{t.pickHint}</p>
          {payments === undefined && <RowsLoading />}
          {payments?.length === 0 && <Empty text={t.none} />}
          {payments?.map((each) => (
            <Tick key={each.id} payment={each} isTicked={ticked.has(each.id)} onTick={tick} />
          ))}
          <div className="robbed-foot">
            <span aria-live="polite">{chosen.length > 0 && summary(chosen)}</span>
            <Button
              size="md"
              color="brick.6"
              disabled={chosen.length === 0}
              onClick={() => setStep(1)}
            >
              {t.next}
            </Button>
          </div>
        </section>
      ) : (
        <Confirm chosen={chosen} onBack={() => setStep(0)} />
      )}
    </div>
  )
}

/** The sum is for reading before confirming; what is claimed is what the ledger adds up. */
function summary(payments: readonly Payment[]): string {
  return t.selected(payments.length, money(sumOf(payments.map(({ amount }) => amount))))
}

interface TickProps {
  payment: Payment
  isTicked: boolean
  onTick: (id: string) => void
}

function Tick({ payment, isTicked, onTick }: TickProps) {
  return (
    <label className={`row tick ${isTicked ? 'is-ticked' : ''}`}>
      <Checkbox
        color="brick.6"
        size="md"
        checked={isTicked}
        onChange={() => onTick(payment.id)}
        aria-label={`${payment.payee.name} ${money(payment.amount)}`}
      />
      <span className="row-main">
        <span className="row-title">{payment.payee.name}</span>
        <span className="row-sub">{when(payment.created_at, 'moment')}</span>
      </span>
      <span className="row-end">
        <Money amount={payment.amount} />
        {payment.state !== 'posted' && <StateChip state={payment.state} />}
      </span>
    </label>
  )
}

function Confirm({ chosen, onBack }: { chosen: readonly Payment[]; onBack: () => void }) {
  const [note, setNote] = useState('')
  const [key] = useState(freshKey)
  const navigate = useNavigate()
  const send = useReportTheft(() => void navigate({ to: '/filed' }))
  const body = {
    payment_ids: chosen.map(({ id }) => id),
    ...(note.trim() === '' ? {} : { note: note.trim() }),
  }
  const report = () => send.mutate({ body, idempotencyKey: key })
  return (
    <section className="card form-card">
      <h2>{t.confirmTitle}</h2>
      <ol className="confirm">
        {t.confirm.map(([title, text]) => (
          <li key={title}>
            <strong>{title}</strong>
            <span>{text}</span>
          </li>
        ))}
      </ol>
      <Textarea
        label={t.note}
        autosize
        minRows={2}
        maxLength={1000}
        value={note}
        onChange={({ currentTarget }) => setNote(currentTarget.value)}
      />
      <p className="robbed-sum">{summary(chosen)}</p>
      <FormError error={send.error} />
      <Button size="lg" color="brick.6" loading={send.isPending} onClick={report}>
        {t.send}
      </Button>
      <Button variant="subtle" onClick={onBack}>
        {texts.back}
      </Button>
    </section>
  )
}
