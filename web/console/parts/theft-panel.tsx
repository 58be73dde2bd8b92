import { IconShieldCheck } from '@tabler/icons-react'
import { count, figure, isAtLeast, isZero, lengthOf, sumOf } from '../../shared/format.ts'
import { Money } from '../../shared/money.tsx'
import { texts } from '../texts.ts'
import type { Board } from '#contract'

const t = texts.board

interface TheftPanelProps {
  thefts: Board['thefts']
  counts: Board['theft_counts']
}

/** Attempted = intercepted + lost; of what was lost: recovered, or paid under claims. */
export function TheftPanel({ thefts, counts }: TheftPanelProps) {
  const { attempted, intercepted, lost, recovered, made_whole: whole } = thefts
  const all = lengthOf(attempted)
  const share = (amount: string) => (all === 0 ? 0 : (lengthOf(amount) / all) * 100)
  const isWhole = !isZero(lost) && isAtLeast(sumOf([recovered, whole]), lost)
  return (
    <section className="panel thefts">
      <h2>{t.thefts}</h2>
      <div className="thefts-top">
        <p className="thefts-attempted">
          <span>{t.attempted}</span>
          <Money amount={attempted} />
        </p>
        {isWhole && (
          <p className="thefts-whole">
            <IconShieldCheck size={18} aria-hidden="true" /> {t.wholeAll}
          </p>
        )}
      </div>
      <div className="flow" aria-hidden="true">
        {!isZero(intercepted) && (
          <span className="flow-kept" style={{ width: `${share(intercepted)}%` }} />
        )}
        {!isZero(lost) && <span className="flow-lost" style={{ width: `${share(lost)}%` }} />}
      </div>
      <dl className="thefts-figures">
        <Figure name={t.intercepted} amount={intercepted} tone="good" />
        <Figure name={t.lost} amount={lost} tone="bad" />
        <Figure name={t.recovered} amount={recovered} tone="calm" />
        <Figure name={t.madeWhole} amount={whole} tone="warm" />
      </dl>
      <Counts counts={counts} />
    </section>
  )
}

/** How many, among how many; attempts with their interval. */
function Counts({ counts }: Pick<TheftPanelProps, 'counts'>) {
  const { attempted, intercepted, succeeded, unconfirmed } = counts
  const { denominator, rate, low, high } = counts.attempts_per_100k_payments
  return (
    <div className="thefts-counts num">
      <p>{t.theftCounts(count(attempted), count(denominator))}</p>
      <p>{t.theftEnds(count(intercepted), count(succeeded), count(unconfirmed))}</p>
      {rate !== null && low !== null && high !== null && (
        <p>{t.attemptRate(figure(rate), figure(low), figure(high))}</p>
      )}
    </div>
  )
}

function Figure(props: { name: string; amount: string; tone: string }) {
  return (
    <div className={`figure is-${props.tone}`}>
      <dt>{props.name}</dt>
      <dd>
        <Money amount={props.amount} />
      </dd>
    </div>
  )
}
