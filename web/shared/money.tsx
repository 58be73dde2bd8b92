import { money, partsOfAmount } from './format.ts'

interface MoneyProps {
  amount: string
  /** '+' before what came in. */
  plus?: boolean
  className?: string
}

/** An amount with small decimals; a screen reader hears it as one. */
export function Money({ amount, plus = false, className = '' }: MoneyProps) {
  const { whole, decimals } = partsOfAmount(amount)
  const text = money(amount, { plus })
  const mark = text.slice(0, text.indexOf('¥'))
  return (
    <span className={`num money ${className}`}>
      <span aria-hidden="true">
        {mark}
        <span className="money-sign">¥</span>
        {whole}
        <span className="money-decimals">.{decimals}</span>
      </span>
      <span className="visually-hidden">{text}</span>
    </span>
  )
}
