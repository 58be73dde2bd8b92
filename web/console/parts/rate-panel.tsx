import { count, figure, short } from '../../shared/format.ts'
import { texts } from '../texts.ts'
import type { Board, TheftRate } from '#contract'

const t = texts.board
type RateName = keyof Board['theft_rates']

/** Shown per million yuan: per single yuan nobody can read it. */
const scales: Record<RateName, number> = {
  per_100k_account_years: 1,
  per_100k_payments: 1,
  per_yuan: 1_000_000,
}

/** Never a bare rate: exposure and interval beside it, and the report's figure as what it is. */
export function RatePanel({ board }: { board: Board }) {
  const names = Object.keys(scales) as RateName[]
  return (
    <section className="panel rates">
      <h2>{t.rates}</h2>
      <p className="panel-hint">{t.ratesHint}</p>
      {names.map((name) => (
        <Rate key={name} name={name} rate={board.theft_rates[name]} />
      ))}
      <p className="reported">
        <span className="reported-mark" aria-hidden="true" />
        <span>
          <strong>{t.reported}</strong>
          <span>{board.reported_claim.text}</span>
        </span>
      </p>
    </section>
  )
}

function Rate({ name, rate }: { name: RateName; rate: TheftRate }) {
  const scale = scales[name]
  const { low, high } = rate
  if (rate.rate === null || low === null || high === null) {
    return (
      <div className="rate">
        <p className="rate-head">
          <span className="rate-name">{t.rateNames[name]}</span>
          <span className="rate-figure">–</span>
        </p>
        <p className="rate-of">{t.noExposure}</p>
      </div>
    )
  }
  const base = name === 'per_yuan' ? short(rate.denominator) : count(Math.round(rate.denominator))
  return (
    <div className="rate">
      <p className="rate-head">
        <span className="rate-name">{t.rateNames[name]}</span>
        <span className="rate-figure num">{figure(rate.rate * scale)}</span>
      </p>
      <Whisker
        low={low * scale}
        value={rate.rate * scale}
        high={high * scale}
        isComparable={name !== 'per_yuan'}
      />
      <p className="rate-of num">
        {t.ofExposure[name](count(rate.numerator), base)} ·{' '}
        {t.interval(figure(low * scale), figure(high * scale))}
      </p>
    </div>
  )
}

interface WhiskerProps {
  low: number
  value: number
  high: number
  /** The report's 1 in 100,000 stands on the same scale. */
  isComparable: boolean
}

/** The interval on a logarithmic line from 0.1 to 100,000. */
function Whisker({ low, value, high, isComparable }: WhiskerProps) {
  return (
    <div className="whisker" aria-hidden="true">
      {[1, 10, 100, 1_000, 10_000].map((mark) => (
        <span key={mark} className="whisker-mark num" style={{ left: place(mark) }}>
          {short(mark)}
        </span>
      ))}
      {isComparable && <span className="whisker-reported" style={{ left: place(1) }} />}
      <span
        className="whisker-span"
        style={{ left: place(low), right: `calc(100% - ${place(high)})` }}
      />
      <span className="whisker-dot" style={{ left: place(value) }} />
    </div>
  )
}

function place(value: number): string {
  const share = (Math.log10(Math.max(value, 0.1)) + 1) / 6
  return `${(Math.min(1, share) * 100).toFixed(2)}%`
}
