import { Link } from '@tanstack/react-router'
import { useWhyNot } from '../queries.ts'
import { texts } from '../texts.ts'
import { OutcomeChip, wordsOfFact } from './guard-tables.tsx'
import { Waiting } from './states.tsx'
import type { WhyNot as Answer } from '#contract'

const t = texts.whyNot

/** What was said of a decision, how near the other outcomes were, what shadow policies said. */
export function WhyNot({ id }: { id: string }) {
  const { data, error, refetch } = useWhyNot(id)
  return (
    <>
      <section className="panel" aria-label={t.title}>
        <h3>{t.title}</h3>
        <p className="panel-hint">{t.hint}</p>
        {data === undefined ? (
          <Waiting error={error} again={() => void refetch()} />
        ) : (
          <Nearest nearest={data.nearest} />
        )}
      </section>
      {data !== undefined && data.reasons.length > 0 && <Said reasons={data.reasons} />}
      {data !== undefined && data.phantoms.length > 0 && <Shadows phantoms={data.phantoms} />}
    </>
  )
}

function Nearest({ nearest }: Pick<Answer, 'nearest'>) {
  return (
    <ul className="nearest">
      {nearest.map(({ outcome, changes }) => (
        <li key={outcome}>
          <OutcomeChip outcome={outcome} />
          {changes === null ? (
            <span className="is-soft">{t.none}</span>
          ) : (
            <span>
              {t.unless}{' '}
              {changes.map(({ fact, was, becomes }, index) => (
                <span key={fact}>
                  {index > 0 && ` ${t.and} `}
                  <strong>{wordsOfFact(fact)}</strong> <b className="num">{becomes}</b>{' '}
                  <span className="is-soft num">
                    {t.instead} {was}
                  </span>
                </span>
              ))}
            </span>
          )}
        </li>
      ))}
    </ul>
  )
}

function Said({ reasons }: Pick<Answer, 'reasons'>) {
  return (
    <section className="panel" aria-label={t.said}>
      <h3>{t.said}</h3>
      <ul className="said">
        {reasons.map(({ code, zh, en, analyst }) => (
          <li key={code}>
            <code>{code}</code>
            <dl>
              <dt>{t.customer}</dt>
              <dd>{en}</dd>
              {zh !== null && (
                <>
                  <dt>{t.chinese}</dt>
                  <dd lang="zh">{zh}</dd>
                </>
              )}
              <dt>{t.analyst}</dt>
              <dd>{analyst}</dd>
            </dl>
          </li>
        ))}
      </ul>
    </section>
  )
}

function Shadows({ phantoms }: Pick<Answer, 'phantoms'>) {
  return (
    <section className="panel" aria-label={t.shadows}>
      <h3>{t.shadows}</h3>
      <ul className="nearest">
        {phantoms.map(({ version, outcome, score }) => (
          <li key={version}>
            <OutcomeChip outcome={outcome} />
            <span>
              <Link to="/policies" search={{ id: version }} className="text-link">
                {version}
              </Link>{' '}
              <span className="is-soft num">{texts.replay.score(Math.round(score))}</span>
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}
