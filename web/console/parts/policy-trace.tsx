import { Loader } from '@mantine/core'
import { IconShieldCheck, IconShieldX } from '@tabler/icons-react'
import { isZero, lengthOf, money, when } from '../../shared/format.ts'
import { Money } from '../../shared/money.tsx'
import { texts } from '../texts.ts'
import type { PolicyName, ScenarioDecision, ScenarioResult } from '#contract'

const t = texts.replay

/** One policy's day: what left, what was kept, step by step, and how it ended. */
export function PolicyTrace(props: { policy: PolicyName; result: ScenarioResult | undefined }) {
  const { policy, result } = props
  const [name, text] = t.policies[policy]
  return (
    <section className={`trace is-${policy === '2013' ? 'then' : policy}`} aria-label={name}>
      <header>
        <h2>{name}</h2>
        <p>{text}</p>
      </header>
      {result === undefined ? (
        <p className="trace-wait">
          <Loader size="xs" type="dots" /> {t.waiting}
        </p>
      ) : (
        <>
          <Split result={result} />
          <Steps decisions={result.decisions} />
          <After result={result} />
          <Twin twin={result.honestTwin} />
        </>
      )}
    </section>
  )
}

function Split({ result: { attempted, left, kept } }: { result: ScenarioResult }) {
  const share = (lengthOf(left) / Math.max(1, lengthOf(attempted))) * 100
  return (
    <div className="split">
      <p className={`split-left ${isZero(left) ? 'is-nothing' : ''}`} data-testid="left">
        <Money amount={left} />
        <span>{t.left}</span>
      </p>
      <div className="split-bar" aria-hidden="true">
        <span style={{ width: `${share}%` }} />
      </div>
      <p className="split-kept num">
        {money(kept)} {t.kept}
      </p>
    </div>
  )
}

function Steps({ decisions }: { decisions: readonly ScenarioDecision[] }) {
  return (
    <ol className="trace-steps">
      {decisions.map((decision, index) => (
        <li key={index} className={`is-${decision.outcome}`}>
          <span className="trace-dot" aria-hidden="true" />
          <span className="trace-step">
            <strong>{texts.decisions.steps[decision.step]}</strong>
            {decision.amount !== null && <span className="num"> {money(decision.amount)}</span>}
            <span className="trace-why">
              {decision.at !== null && when(decision.at, 'time')}
              {decision.score !== null && ` · ${t.score(Math.round(decision.score))}`}
              {decision.reasons.length > 0 && ` · ${decision.reasons.join(', ')}`}
            </span>
          </span>
          <span className={`chip is-${decision.outcome}`}>
            {decision.outcome === 'not_reached' ? t.reached : t.outcomes[decision.outcome]}
          </span>
        </li>
      ))}
    </ol>
  )
}

function After({ result }: { result: ScenarioResult }) {
  const rows = [
    [t.recovered, result.recovered],
    [t.insurer, result.paidByInsurer],
    [t.income, result.incomeRestored],
    [t.trial, result.trialBalance],
  ] as const
  const Icon = result.victimWhole ? IconShieldCheck : IconShieldX
  return (
    <>
      <dl className="pairs trace-after">
        {rows.map(([name, amount]) => (
          <div key={name} className={isZero(amount) ? 'is-zero' : ''}>
            <dt>{name}</dt>
            <dd>
              <Money amount={amount} />
            </dd>
          </div>
        ))}
      </dl>
      <p className={`trace-whole ${result.victimWhole ? 'is-whole' : 'is-not'}`}>
        <Icon size={22} aria-hidden="true" />
        {result.victimWhole ? t.whole : t.notWhole}
      </p>
    </>
  )
}

function Twin({ twin }: { twin: ScenarioResult['honestTwin'] }) {
  return (
    <p className="twin">
      <strong>{t.twin}</strong>
      <span className="num">
        {twin.allPosted
          ? t.twinAll(money(twin.attempted))
          : t.twinSome(money(twin.posted), money(twin.attempted))}
      </span>
      {twin.challenged > 0 && <span>{t.twinChallenged(twin.challenged)}</span>}
    </p>
  )
}
