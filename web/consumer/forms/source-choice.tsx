import { money } from '../../shared/format.ts'
import { texts } from '../texts.ts'
import type { Wallet } from '#contract'

type Source = 'wallet' | 'fund'

interface SourceChoiceProps {
  wallet: Wallet | undefined
  value: Source
  onChange: (value: Source) => void
}

/** Pay from the wallet or straight from the fund. */
export function SourceChoice({ wallet, value, onChange }: SourceChoiceProps) {
  const free = { wallet: wallet?.wallet.available, fund: wallet?.fund.available }
  return (
    <fieldset className="choice">
      <legend>{texts.pay.from}</legend>
      {(['wallet', 'fund'] as const).map((source) => (
        <label key={source} className={`choice-card ${value === source ? 'is-chosen' : ''}`}>
          <input
            type="radio"
            name="source"
            value={source}
            checked={value === source}
            onChange={() => onChange(source)}
          />
          <span className="choice-title">{texts.pay[source]}</span>
          <span className="choice-sub num">
            {free[source] === undefined ? '…' : texts.pay.available(money(free[source]))}
          </span>
        </label>
      ))}
    </fieldset>
  )
}
