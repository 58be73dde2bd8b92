import { Button, TextInput } from '@mantine/core'
import { useState, type SyntheticEvent } from 'react'
import { count, when } from '../../shared/format.ts'
import { useAct, useMay } from '../queries.ts'
import { texts } from '../texts.ts'
import { BacktestChanges } from './backtest-changes.tsx'
import { BacktestFigures } from './backtest-figures.tsx'
import { Refusal } from './states.tsx'

const t = texts.policies.backtest

/** Recorded decisions once more under a draft: asked for here, shown here. */
export function PolicyBacktestPanel({ version }: { version: string }) {
  const may = useMay()
  const [span, setSpan] = useState({ from: '', to: '' })
  const act = useAct('POST /v1/operator/policies/:version/backtest')
  const given = act.data
  const submit = (event: SyntheticEvent) => {
    event.preventDefault()
    const { from, to } = span
    const body = { ...(from !== '' && { from }), ...(to !== '' && { to }) }
    act.mutate({ params: { version }, body })
  }
  return (
    <section className="panel" aria-label={t.title}>
      <h3>{t.title}</h3>
      <p className="panel-hint">{t.hint}</p>
      {may('backtestPolicy') && (
        <form className="span-form" onSubmit={submit}>
          {(['from', 'to'] as const).map((end) => (
            <TextInput
              key={end}
              type="date"
              size="sm"
              label={t[end]}
              value={span[end]}
              onChange={({ currentTarget }) => setSpan({ ...span, [end]: currentTarget.value })}
            />
          ))}
          <Button type="submit" size="sm" loading={act.isPending}>
            {texts.policies.acts.backtest}
          </Button>
          <p className="panel-hint" aria-live="polite">
            {act.isPending ? t.running : t.all}
          </p>
        </form>
      )}
      <Refusal error={act.error} />
      {given !== undefined && (
        <>
          <p className="shadow-sum num">
            {t.span(count(given.decisions), when(given.from, 'date'), when(given.to, 'date'))}
          </p>
          <BacktestFigures recorded={given.recorded} candidate={given.candidate} />
          <BacktestChanges changes={given.changes} changed={given.changed} />
        </>
      )}
    </section>
  )
}
