import { count, figure, money } from '../../shared/format.ts'
import { texts } from '../texts.ts'
import type { PolicyBacktest } from '#contract'

const t = texts.policies.backtest
type Side = PolicyBacktest['recorded']
type Share = Side['caught']

/** As it was beside as it would have been; shares never without their intervals. */
export function BacktestFigures(sides: { recorded: Side; candidate: Side }) {
  const { recorded, candidate } = sides
  const shares = ['caught', 'honest_challenged', 'honest_held', 'honest_denied'] as const
  const [caught, ...honest] = shares.map((name) => (
    <tr key={name}>
      <th scope="row">{t.rows[name]}</th>
      <ShareCell share={recorded[name]} />
      <ShareCell share={candidate[name]} />
    </tr>
  ))
  return (
    <div className="table-scroll">
      <table className="table figures">
        <caption className="visually-hidden">{t.title}</caption>
        <thead>
          <tr>
            <th scope="col">{t.figure}</th>
            <th scope="col" className="is-number">
              {t.recorded}
            </th>
            <th scope="col" className="is-number">
              {t.candidate}
            </th>
          </tr>
        </thead>
        <tbody>
          {caught}
          <Row
            name={t.rows.byChallenge}
            was={recorded.caught_by_challenge}
            is={candidate.caught_by_challenge}
          />
          <Row name={t.rows.missed} was={recorded.missed} is={candidate.missed} />
          <Row name={t.rows.kept} was={money(recorded.kept)} is={money(candidate.kept)} />
          <Row name={t.rows.lost} was={money(recorded.lost)} is={money(candidate.lost)} />
          {honest}
        </tbody>
      </table>
    </div>
  )
}

function Row({ name, was, is }: { name: string; was: string | number; is: string | number }) {
  return (
    <tr>
      <th scope="row">{name}</th>
      {[was, is].map((value, index) => (
        <td key={index} className="num is-number">
          {typeof value === 'number' ? count(value) : value}
        </td>
      ))}
    </tr>
  )
}

function ShareCell({ share }: { share: Share }) {
  const percent = (value: number) => `${figure(value * 100)} %`
  return (
    <td className="num is-number">
      <strong>{share.share === null ? '–' : percent(share.share)}</strong>
      <span className="figure-of">
        {t.share(count(share.count), count(share.of))}
        {share.share !== null && ` · ${t.interval(percent(share.low), percent(share.high))}`}
      </span>
    </td>
  )
}
