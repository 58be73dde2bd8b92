import { IconCheck, IconHeartHandshake, IconShieldCheck } from '@tabler/icons-react'
import { isZero, money, when } from '../../shared/format.ts'
import { Money } from '../../shared/money.tsx'
import { texts } from '../texts.ts'
import { Initials } from './initials.tsx'
import type { Clock, Milestone, Report } from '#contract'

const t = texts.report

/** A report as far as it has come. */
export function ReportView({ report }: { report: Report }) {
  return (
    <>
      <Head report={report} />
      <Progress milestones={report.milestones} />
      <Reported report={report} />
      {report.claim !== null && <Clocks clocks={report.claim.clocks} />}
    </>
  )
}

function Head({ report }: { report: Report }) {
  const Icon = report.whole ? IconShieldCheck : IconHeartHandshake
  const claim = report.claim
  const figures: [string, string][] = [
    [t.disputed, report.disputed],
    [t.stopped, report.stopped],
    ...(claim === null
      ? []
      : ([
          [t.recovered, claim.recovered],
          [t.insurer, claim.paid_by_insurer],
          [t.income, claim.income_missed],
        ] as [string, string][])),
  ]
  return (
    <section className={`card whole ${report.whole ? 'is-whole' : ''}`} data-testid="report">
      <Icon size={44} stroke={1.3} aria-hidden="true" />
      <h2>{report.whole ? t.wholeTitle : t.openTitle}</h2>
      <p className="field-hint">{t.at(when(report.reported_at, 'moment'))}</p>
      {claim !== null && (
        <p className="whole-amount">
          <Money amount={claim.returned} />
          <span>{t.returned}</span>
        </p>
      )}
      <dl className="figures">
        {figures.map(([name, amount]) => (
          <div key={name} className={isZero(amount) ? 'is-zero' : ''}>
            <dt>{name}</dt>
            <dd>
              <Money amount={amount} />
            </dd>
          </div>
        ))}
      </dl>
    </section>
  )
}

function Progress({ milestones }: { milestones: readonly Milestone[] }) {
  return (
    <section className="card">
      <h2>{t.progress}</h2>
      <ol className="milestones">
        {milestones.map(({ code, title, at, due_at: due, state }) => (
          <li key={code} className={`is-${state}`}>
            <span className="milestone-dot" aria-hidden="true">
              {state === 'done' && <IconCheck size={14} stroke={3} />}
            </span>
            <span>{title}</span>
            <span className="row-sub num">
              {at !== null ? when(at, 'moment') : due !== null && t.due(when(due, 'moment'))}
            </span>
          </li>
        ))}
      </ol>
    </section>
  )
}

function Reported({ report }: { report: Report }) {
  return (
    <section className="card">
      <h2>{t.payments}</h2>
      {report.payments.map(({ payment_id: id, payee, amount, paid_at: at, state, recall }) => (
        <div className="row" key={id}>
          <Initials name={payee.name} />
          <span className="row-main">
            <span className="row-title">{payee.name}</span>
            <span className="row-sub">{when(at, 'moment')}</span>
          </span>
          <span className="row-end">
            <Money amount={amount} />
            <span className={`chip ${recall?.state === 'secured' ? 'chip-posted' : 'chip-held'}`}>
              {recall === null ? texts.payment.states[state] : t.recall[recall.state]}
            </span>
            {recall !== null && !isZero(recall.secured) && (
              <span className="row-sub num">{t.secured(money(recall.secured))}</span>
            )}
          </span>
        </div>
      ))}
    </section>
  )
}

function Clocks({ clocks }: { clocks: readonly Clock[] }) {
  if (clocks.length === 0) return null
  return (
    <section className="card">
      <h2>{t.clocks}</h2>
      {clocks.map(({ kind, title, due_at: due, met_at: met, breached }) => (
        <div className="row" key={kind}>
          <span className="row-main">
            <span className="row-title">{title}</span>
            <span className="row-sub num">{t.due(when(due, 'moment'))}</span>
          </span>
          {(breached || met !== null) && (
            <span className={`chip ${breached ? 'chip-denied' : 'chip-posted'}`}>
              {breached ? t.breached : t.met}
            </span>
          )}
        </div>
      ))}
    </section>
  )
}
