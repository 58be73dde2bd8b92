import { Button } from '@mantine/core'
import { duration } from '../../shared/format.ts'
import { Money } from '../../shared/money.tsx'
import { useLiveBoard } from '../live-board.ts'
import { useMay, useReview } from '../queries.ts'
import { texts } from '../texts.ts'
import { FactGrid, RuleTable, Timeline } from './guard-tables.tsx'
import { PayerToPayee } from './payer-to-payee.tsx'
import { Waiting } from './states.tsx'
import { WhyNot } from './why-not.tsx'
import type { Review } from '#contract'

const t = texts.queue
export type ReviewChoice = 'release' | 'void' | 'freeze'

interface ReviewDetailProps {
  id: string
  onChoose: (choice: ReviewChoice) => void
}

/** Everything about one held payment on one page. */
export function ReviewDetail({ id, onChoose }: ReviewDetailProps) {
  const { data, error, refetch } = useReview(id)
  if (data === undefined) return <Waiting error={error} again={() => void refetch()} />
  return (
    <article className="detail" aria-label={`${data.payer.name}, ${data.payee.name}`}>
      <Head review={data} onChoose={onChoose} />
      <section className="panel">
        <h3>{t.why}</h3>
        <ul className="why">
          {data.reasons.map(({ code, sentence, observed, threshold }) => (
            <li key={code}>
              {sentence}
              {observed !== null && (
                <span className="num">
                  {observed}
                  {threshold !== null && ` / ${threshold}`}
                </span>
              )}
            </li>
          ))}
        </ul>
      </section>
      {data.decision_id !== null && <WhyNot id={data.decision_id} />}
      <section className="panel">
        <h3>{t.timeline}</h3>
        <Timeline items={data.timeline} />
      </section>
      <section className="panel">
        <h3>{t.rules}</h3>
        <p className="panel-hint">{t.policy(data.policy.name, data.policy.version)}</p>
        <RuleTable rules={data.rules} />
      </section>
      <section className="panel">
        <h3>{t.facts}</h3>
        <FactGrid facts={data.facts} />
      </section>
    </article>
  )
}

function Head({ review, onChoose }: { review: Review; onChoose: ReviewDetailProps['onChoose'] }) {
  const { board } = useLiveBoard()
  const may = useMay()
  const now = board === undefined ? undefined : Date.parse(board.simulated_now)
  const rest = now === undefined ? undefined : Date.parse(review.deadline) - now
  return (
    <header className="detail-head">
      <div>
        <p className="detail-parties">
          <PayerToPayee payer={review.payer} payee={review.payee} size={18} />
        </p>
        <p className="detail-amount">
          <Money amount={review.amount} />
        </p>
        {rest !== undefined && (
          <p className="detail-rest num">{rest <= 0 ? t.over : t.left(duration(rest))}</p>
        )}
      </div>
      <Score score={review.score} level={review.level} />
      {review.state === 'open' ? (
        <div className="detail-acts">
          {may('decideReview') ? <DecideButtons onChoose={onChoose} /> : <p>{t.notYours}</p>}
          {may('freezeCustomer') && (
            <Button size="sm" variant="default" onClick={() => onChoose('freeze')}>
              {texts.freeze.act} <kbd>f</kbd>
            </Button>
          )}
        </div>
      ) : (
        <span className="chip">{review.state}</span>
      )}
    </header>
  )
}

function DecideButtons({ onChoose }: Pick<ReviewDetailProps, 'onChoose'>) {
  return (
    <>
      <Button size="sm" color="green.6" onClick={() => onChoose('release')}>
        {t.release} <kbd>y</kbd>
      </Button>
      <Button size="sm" color="brick.6" onClick={() => onChoose('void')}>
        {t.void} <kbd>n</kbd>
      </Button>
    </>
  )
}

function Score({ score, level }: { score: number; level: Review['level'] }) {
  return (
    <div className={`score is-${level}`}>
      <span className="score-figure num">{Math.round(score)}</span>
      <span className="score-bar" aria-hidden="true">
        <span style={{ width: `${Math.min(100, score)}%` }} />
      </span>
      <span className="score-word">
        {t.score}: {t.levels[level]}
      </span>
    </div>
  )
}
