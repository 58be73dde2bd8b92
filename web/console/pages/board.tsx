import { Link } from '@tanstack/react-router'
import { count, duration, isZero, money, when } from '../../shared/format.ts'
import { Money } from '../../shared/money.tsx'
import { useLiveBoard, type LiveBoard } from '../live-board.ts'
import { LiveLine } from '../parts/live-line.tsx'
import { RatePanel } from '../parts/rate-panel.tsx'
import { Waiting } from '../parts/states.tsx'
import { TheftPanel } from '../parts/theft-panel.tsx'
import { texts } from '../texts.ts'
import type { Board } from '#contract'

const t = texts.board
const outcomes = ['allow', 'challenge', 'hold', 'deny'] as const

/** The house at this second. */
export function BoardPage() {
  const live = useLiveBoard()
  const { board } = live
  if (board === undefined) return <Waiting error={null} again={() => undefined} />
  return (
    <div className="board">
      <h1 className="visually-hidden">{t.title}</h1>
      <Speed live={live} board={board} />
      <Decisions decisions={board.decisions} />
      <Queue board={board} />
      <TheftPanel thefts={board.thefts} counts={board.theft_counts} />
      <RatePanel board={board} />
      <Books board={board} />
    </div>
  )
}

function Speed({ live, board }: { live: LiveBoard; board: Board }) {
  const p99 = board.decision_p99_ms
  return (
    <>
      <section className="panel speed">
        <h2>{t.payments}</h2>
        <p className="big num" data-testid="payments-per-second">
          {board.payments_per_second.toFixed(1)}
        </p>
        <LiveLine
          label={t.payments}
          color="#e6a93c"
          times={live.times}
          values={live.paymentsPerSecond}
        />
      </section>
      <section className="panel speed">
        <h2>{t.p99}</h2>
        <p className="big num">
          {p99 === null ? '–' : p99.toFixed(1)}
          <small>{t.ms}</small>
        </p>
        <LiveLine label={t.p99} color="#4ea687" times={live.times} values={live.p99Ms} />
      </section>
    </>
  )
}

function Decisions({ decisions }: { decisions: Board['decisions'] }) {
  const all = outcomes.reduce((sum, outcome) => sum + decisions[outcome], 0)
  return (
    <section className="panel decisions">
      <h2>{t.decisions}</h2>
      <p className="big num">{count(all)}</p>
      <div className="outcome-bar" aria-hidden="true">
        {outcomes
          .filter((outcome) => decisions[outcome] > 0)
          .map((outcome) => (
            <span
              key={outcome}
              className={`is-${outcome}`}
              style={{ flexGrow: decisions[outcome] }}
            />
          ))}
      </div>
      <dl className="outcome-counts">
        {outcomes.map((outcome) => (
          <div key={outcome}>
            <dt>
              <span className={`dot is-${outcome}`} aria-hidden="true" />
              {t.outcomes[outcome]}
            </dt>
            <dd className="num">{count(decisions[outcome])}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}

function Queue({ board }: { board: Board }) {
  const { size, value, oldest_opened_at: oldest, next_deadline: next } = board.queue
  const now = Date.parse(board.simulated_now)
  return (
    <Link to="/queue" className={`panel queue-tile ${size > 0 ? 'is-waiting' : ''}`}>
      <h2>{t.queue}</h2>
      <p className="big num">{size}</p>
      {size === 0 ? (
        <p className="panel-hint">{t.queueEmpty}</p>
      ) : (
        <>
          <p className="queue-value num">
            {money(value)} {t.queueValue}
          </p>
          <dl className="pairs">
            {oldest !== null && (
              <div>
                <dt>{t.oldest}</dt>
                <dd className="num">{duration(now - Date.parse(oldest))}</dd>
              </div>
            )}
            {next !== null && (
              <div>
                <dt>{t.nextDeadline}</dt>
                <dd className="num">{duration(Date.parse(next) - now)}</dd>
              </div>
            )}
          </dl>
        </>
      )}
    </Link>
  )
}

function Books({ board }: { board: Board }) {
  const { totals, invariants } = board
  const balanced = isZero(board.trial_balance)
  return (
    <section className="panel books">
      <h2>{t.books}</h2>
      <dl className="pairs">
        <div>
          <dt>{t.trialBalance}</dt>
          <dd className={balanced ? 'good' : 'bad'}>
            <Money amount={board.trial_balance} />
          </dd>
        </div>
        <div>
          <dt>{t.invariants}</dt>
          <dd className={invariants.ok === false ? 'bad' : invariants.ok === true ? 'good' : ''}>
            {invariantWords(invariants)}
          </dd>
        </div>
        <div>
          <dt>{t.wallets}</dt>
          <dd>
            <Money amount={totals.wallet} />
          </dd>
        </div>
        <div>
          <dt>{t.fund}</dt>
          <dd>
            <Money amount={totals.fund} />
          </dd>
        </div>
        <div>
          <dt>{t.customers}</dt>
          <dd className="num">{count(totals.customers)}</dd>
        </div>
        <div>
          <dt>{t.allPayments}</dt>
          <dd className="num">{count(totals.payments)}</dd>
        </div>
        <div>
          <dt>{t.claimsOpen}</dt>
          <dd className="num">{count(board.claims_open)}</dd>
        </div>
      </dl>
    </section>
  )
}

function invariantWords({ ok, checked, broken, checked_at: at }: Board['invariants']): string {
  if (ok === null || at === null) return t.invariantsNone
  if (!ok) return t.invariantsBroken(broken.join(', '))
  return `${t.invariantsOk(count(checked))}, ${when(at, 'time')}`
}
