import { Button, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconCircleCheck, IconUserQuestion } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { useState, type SyntheticEvent } from 'react'
import { freshKey } from '../../shared/api.ts'
import { money } from '../../shared/format.ts'
import { AmountField } from '../forms/amount-field.tsx'
import { FormError } from '../forms/form-error.tsx'
import { PhoneField } from '../forms/phone-field.tsx'
import { SourceChoice } from '../forms/source-choice.tsx'
import { Initials } from '../parts/initials.tsx'
import { PageHead } from '../parts/page-head.tsx'
import { wordsOf } from '../parts/states.tsx'
import { WarningBar } from '../parts/warnings.tsx'
import { toAmount, toE164 } from '../phone.ts'
import { useAct, usePayee, useWallet } from '../queries.ts'
import { texts } from '../texts.ts'
import type { PayeeCheck } from '#contract'

const t = texts.pay

/** Who, how much, from where. The key is made when the form opens: a second tap pays nothing. */
export function PayPage() {
  const [phone, setPhone] = useState('')
  const [amount, setAmount] = useState('')
  const [source, setSource] = useState<'wallet' | 'fund'>('wallet')
  const [memo, setMemo] = useState('')
  const [key, setKey] = useState(freshKey)
  const wallet = useWallet()
  const [settled] = useDebouncedValue(toE164(phone), 250)
  const payee = usePayee(settled)
  const pay = useAct('POST /v1/payments')
  const navigate = useNavigate()
  const sum = toAmount(amount)
  const isReady = payee.data !== undefined && sum !== undefined

  const submit = (event: SyntheticEvent) => {
    event.preventDefault()
    if (payee.data === undefined || sum === undefined) return
    const to = { customer_id: payee.data.customer_id }
    const body = { payee: to, amount: sum, source, ...(memo.trim() === '' ? {} : { memo }) }
    pay.mutate(
      { body, idempotencyKey: key },
      {
        onSuccess: ({ id }) => void navigate({ to: '/payments/$id', params: { id } }),
        // A refusal is stored under its key: the corrected form is another payment.
        onError: ({ status }) => status >= 400 && status < 500 && setKey(freshKey()),
      },
    )
  }

  return (
    <div className="narrow">
      <PageHead title={t.title} />
      <form onSubmit={submit} className="card form-card">
        <h2>{t.who}</h2>
        <PhoneField
          label={t.payeePhone}
          value={phone}
          onChange={setPhone}
          error={payee.error === null ? undefined : wordsOf(payee.error)}
        />
        {payee.isFetching && payee.data === undefined && <p aria-live="polite">{t.checking}</p>}
        {payee.data !== undefined && <PayeeCard payee={payee.data} />}
        <AmountField
          label={t.amount}
          value={amount}
          onChange={setAmount}
          error={amount !== '' && sum === undefined ? t.notAnAmount : undefined}
        />
        <SourceChoice wallet={wallet.data} value={source} onChange={setSource} />
        <TextInput
          label={t.memo}
          name="memo"
          maxLength={140}
          size="md"
          value={memo}
          onChange={({ currentTarget }) => setMemo(currentTarget.value)}
        />
        <FormError error={pay.error} />
        <Button type="submit" size="lg" disabled={!isReady} loading={pay.isPending}>
          {sum === undefined ? t.sendPlain : t.send(money(sum))}
        </Button>
      </form>
    </div>
  )
}

function PayeeCard({ payee }: { payee: PayeeCheck }) {
  return (
    <div className={`payee ${payee.paid_before ? 'is-known' : 'is-new'}`} aria-live="polite">
      <Initials name={payee.name_masked} />
      <div className="row-main">
        <span className="row-title">{payee.name_masked}</span>
        <span className="payee-known">
          {payee.paid_before ? (
            <IconCircleCheck size={16} aria-hidden="true" />
          ) : (
            <IconUserQuestion size={16} aria-hidden="true" />
          )}
          {payee.paid_before ? t.known : t.unknown}
          {payee.kind === 'merchant' && ` · ${t.merchant}`}
        </span>
        {!payee.paid_before && payee.kind === 'person' && (
          <span className="row-sub">{t.unknownHint}</span>
        )}
      </div>
      {payee.warnings.map((warning) => (
        <WarningBar key={warning.code} warning={warning} />
      ))}
    </div>
  )
}
