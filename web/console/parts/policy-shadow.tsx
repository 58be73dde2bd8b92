import { count } from '../../shared/format.ts'
import { texts } from '../texts.ts'
import { OutcomeChip } from './guard-tables.tsx'
import type { Policies } from '#contract'

const t = texts.policies.shadow

/** What the policy would have said beside the live one: how often the same, how often not. */
export function PolicyShadow({ phantoms }: Pick<Policies, 'phantoms'>) {
  const sum = (rows: Policies['phantoms']) => rows.reduce((all, row) => all + row.count, 0)
  const others = phantoms.filter(({ live, phantom }) => live !== phantom)
  const all = sum(phantoms)
  const same = all - sum(others)
  return (
    <section className="panel" aria-label={t.title}>
      <h3>{t.title}</h3>
      <p className="panel-hint">{t.hint}</p>
      {all === 0 ? (
        <p className="list-empty">{t.none}</p>
      ) : (
        <>
          <p className="shadow-sum num">{t.total(count(same), count(all - same))}</p>
          <div className="shadow-bar" aria-hidden="true">
            <span style={{ width: `${(same / all) * 100}%` }} />
          </div>
        </>
      )}
      {others.length > 0 && (
        <div className="table-scroll">
          <table className="table">
            <caption className="visually-hidden">{t.title}</caption>
            <thead>
              <tr>
                <th scope="col">{t.live}</th>
                <th scope="col">{t.phantom}</th>
                <th scope="col" className="is-number">
                  {t.count}
                </th>
              </tr>
            </thead>
            <tbody>
              {others
                .toSorted((a, b) => b.count - a.count)
                .map(({ live, phantom, count: times }) => (
                  <tr key={`${live} ${phantom}`}>
                    <td>
                      <OutcomeChip outcome={live} />
                    </td>
                    <td>
                      <OutcomeChip outcome={phantom} />
                    </td>
                    <td className="num is-number">{count(times)}</td>
                  </tr>
                ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  )
}
