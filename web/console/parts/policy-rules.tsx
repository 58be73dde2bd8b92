import { asDocument } from '../policy-document.ts'
import { usePolicy } from '../queries.ts'
import { texts } from '../texts.ts'
import { wordsOfFact } from './guard-tables.tsx'
import { Waiting } from './states.tsx'

const t = texts.policies.document

/** The document as people read it. */
export function PolicyRules({ version }: { version: string }) {
  const { data, error, refetch } = usePolicy(version)
  if (data === undefined) return <Waiting error={error} again={() => void refetch()} />
  const { description, rules, parameters, outcomeFrom } = asDocument(data.document)
  return (
    <section className="panel" aria-label={t.rules(rules.length)}>
      <h3>{t.rules(rules.length)}</h3>
      <p className="panel-hint">{description}</p>
      <dl className="lines">
        {Object.entries(outcomeFrom).map(([outcome, from]) => (
          <div key={outcome}>
            <dt className={`chip is-${outcome}`}>{outcome}</dt>
            <dd className="num">{from > 100 ? '–' : `≥ ${from}`}</dd>
          </div>
        ))}
      </dl>
      <ol className="rules">
        {rules.map(({ id, when, points, floor, analystSentence, steps }) => (
          <li key={id}>
            <details>
              <summary className="rules-head">
                <strong>{id}</strong>
                {floor !== null && <span className={`chip is-${floor}`}>{t.floor(floor)}</span>}
                <span className="num">{t.points(points)}</span>
              </summary>
              <p>{analystSentence}</p>
              <pre>
                <code>{when}</code>
              </pre>
              <p className="is-soft rules-steps">{steps.map(wordsOfFact).join(' · ')}</p>
            </details>
          </li>
        ))}
      </ol>
      {Object.keys(parameters).length > 0 && <h4>{t.parameters}</h4>}
      <dl className="facts">
        {Object.entries(parameters).map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd className="num">{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
