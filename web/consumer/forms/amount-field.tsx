import { texts } from '../texts.ts'

interface AmountFieldProps {
  label: string
  value: string
  onChange: (value: string) => void
  hint?: string | undefined
  error?: string | undefined
  autoFocus?: boolean
}

/** A big amount to type; only digits, a point and commas get in. */
export function AmountField(props: AmountFieldProps) {
  const { label, value, onChange, hint, error } = props
  const size = value.length > 9 ? 'is-long' : ''
  return (
    <div className={`amount-field ${error === undefined ? '' : 'has-error'}`}>
      <label htmlFor="amount">{label}</label>
      <div className={`amount-input num ${size}`}>
        <span aria-hidden="true">¥</span>
        <input
          id="amount"
          name="amount"
          inputMode="decimal"
          autoComplete="off"
          placeholder="0.00"
          value={value}
          aria-invalid={error !== undefined}
          aria-describedby="amount-hint"
          onChange={({ currentTarget }) =>
            onChange(currentTarget.value.replace(/[^\d.,]/g, '').slice(0, 18))
          }
        />
      </div>
      <p id="amount-hint" className="field-hint" role={error === undefined ? undefined : 'alert'}>
        {error ?? hint ?? texts.pay.notAnAmount}
      </p>
    </div>
  )
}
