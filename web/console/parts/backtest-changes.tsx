import { Link } from '@tanstack/react-router'
import { count } from '../../shared/format.ts'
import { texts } from '../texts.ts'
import { OutcomeChip } from './guard-tables.tsx'
import type { PolicyBacktest } from '#contract'

const t = texts.policies.backtest

/** Which decisions would have been others; each can be opened with its facts. */
export function BacktestChanges(props: Pick<PolicyBacktest, 'changes' | 'changed'>) {
  const { changes, changed } = props
  if (changes.length === 0) return <p className="list-empty">{t.nothingChanged}</p>
  const steps: Record<string, string> = texts.decisions.steps
  return (
    <>
      <h4>
        {t.changed}: {t.changedCount(count(changes.length), count(changed))}
      </h4>
      <div className="table-scroll is-tall">
        <table className="table is-rows">
          <caption className="visually-hidden">{t.changed}</caption>
          <thead>
            <tr>
              <th scope="col">{t.decision}</th>
              <th scope="col">{texts.decisions.step}</th>
              <th scope="col">{t.was}</th>
              <th scope="col">{t.becomes}</th>
              <th scope="col">{t.label}</th>
            </tr>
          </thead>
          <tbody>
            {changes.map(({ id, step, was, becomes, label, codes }) => (
              <tr key={id}>
                <td>
                  <Link to="/decisions" search={{ id }} className="text-link num">
                    {id.slice(0, 16)}
                  </Link>
                  {codes.length > 0 && <span className="change-codes">{codes.join(', ')}</span>}
                </td>
                <td>{steps[step] ?? step}</td>
                <td>
                  <OutcomeChip outcome={was} />
                </td>
                <td>
                  <OutcomeChip outcome={becomes} />
                </td>
                <td>{label === null ? '–' : (t.labels[label] ?? label)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  )
}
