import { when } from '../../shared/format.ts'
import { Money } from '../../shared/money.tsx'
import { texts } from '../texts.ts'
import type { Outcome, Review, RuleValue, TimelineItem } from '#contract'

const t = texts.queue

export function OutcomeChip({ outcome }: { outcome: Outcome }) {
  return <span className={`chip is-${outcome}`}>{texts.replay.outcomes[outcome]}</span>
}

/** Every rule: those that hit first, by points; the others below, so that "why not" is answered. */
export function RuleTable({ rules }: { rules: readonly RuleValue[] }) {
  const sorted = rules.toSorted(
    (a, b) => Number(b.result === 'hit') - Number(a.result === 'hit') || b.points - a.points,
  )
  return (
    <div className="table-scroll">
      <table className="table">
        <caption className="visually-hidden">{t.rules}</caption>
        <thead>
          <tr>
            <th scope="col">{t.rule}</th>
            <th scope="col">{t.observed}</th>
            <th scope="col">{t.threshold}</th>
            <th scope="col" className="is-number">
              {t.points}
            </th>
          </tr>
        </thead>
        <tbody>
          {sorted.map((rule) => (
            <tr key={rule.id} className={`rule is-${rule.result}`}>
              <th scope="row" className="rule-name">
                <span className="rule-mark" aria-hidden="true" />
                <span className="rule-title">{rule.title}</span>
                <span className="rule-code">
                  {rule.id} · {rule.code}
                  {rule.result !== 'hit' && ` · ${rule.result.replace('_', ' ')}`}
                </span>
              </th>
              <td className="num">{rule.observed ?? '–'}</td>
              <td className="num">{rule.threshold ?? '–'}</td>
              <td className="num is-number">{rule.result === 'hit' ? `+${rule.points}` : '0'}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

export function FactGrid({ facts }: { facts: Review['facts'] }) {
  return (
    <dl className="facts">
      {Object.entries(facts).map(([name, value]) => (
        <div key={name} className={value === true ? 'is-true' : ''}>
          <dt>{wordsOfFact(name)}</dt>
          <dd className="num">{value === null ? texts.none : String(value)}</dd>
        </div>
      ))}
    </dl>
  )
}

/** 'payeeKnown24h' or 'payee_known' -> 'payee known 24h' */
export function wordsOfFact(name: string): string {
  return name
    .replaceAll('_', ' ')
    .replace(/([a-z])([A-Z]|\d+h)/g, '$1 $2')
    .toLowerCase()
}

/** Sign-in, carrier, decision and money on one line of time. */
export function Timeline({ items }: { items: readonly TimelineItem[] }) {
  return (
    <ol className="timeline">
      {items.map((item, index) => (
        <li key={index}>
          <time className="num" dateTime={item.at}>
            {when(item.at, 'moment')}
          </time>
          <span className={`timeline-dot is-${item.outcome ?? 'event'}`} aria-hidden="true" />
          <span className="timeline-words">
            <strong>{item.title}</strong>
            {item.detail !== null && <span>{item.detail}</span>}
          </span>
          <span className="timeline-end">
            {item.amount !== null && <Money amount={item.amount} />}
            {item.outcome !== null && <OutcomeChip outcome={item.outcome} />}
          </span>
        </li>
      ))}
    </ol>
  )
}
