import { IconShieldCheck } from '@tabler/icons-react'
import { isAtLeast, isZero, lengthOf, sumOf } from '../../shared/format.ts'
import { Money } from '../../shared/money.tsx'
import { texts } from '../texts.ts'
import type { Board } from '#contract'

const t = texts.board

/** Attempted = intercepted + lost; of what was lost: recovered, or paid under claims. */
export function TheftPanel({ thefts }: { thefts: Board['thefts'] }) {
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
    </section>
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
