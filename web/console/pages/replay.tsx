import { Button, NumberInput, SegmentedControl } from '@mantine/core'
import { IconPlayerPlay } from '@tabler/icons-react'
import { useState } from 'react'
import { when } from '../../shared/format.ts'
import { useChosen } from '../chosen.ts'
import { PolicyTrace } from '../parts/policy-trace.tsx'
import { Refusal } from '../parts/states.tsx'
import { useAct, useReplay } from '../queries.ts'
import { texts } from '../texts.ts'
import type { Replay } from '#contract'

const t = texts.replay
const policies = ['none', '2013', 'today'] as const
type Entry = 'reset' | 'stolen-session'

/** One button; then the same thief against three policies, side by side. */
export function ReplayPage() {
  const [id, choose] = useChosen()
  const start = useAct('POST /v1/operator/replays')
  const { data, error } = useReplay(id)
  const [entry, setEntry] = useState<Entry>('reset')
  const [seed, setSeed] = useState(1)
  const isRunning = data?.state === 'running'
  const run = () =>
    start.mutate({ body: { entry, seed } }, { onSuccess: (made) => choose(made.id) })
  return (
    <div className="replay">
      <header className="replay-head">
        <div>
          <h1>{t.title}</h1>
          <p>{t.text}</p>
        </div>
        <div className="replay-start">
          <SegmentedControl
            size="sm"
            aria-label={t.entry}
            value={entry}
            onChange={setEntry}
            data={[
              { value: 'reset', label: t.entries.reset },
              { value: 'stolen-session', label: t.entries['stolen-session'] },
            ]}
          />
          <NumberInput
            aria-label={t.seed}
            prefix={`${t.seed} `}
            size="sm"
            min={1}
            max={1_000_000}
            allowDecimal={false}
            value={seed}
            onChange={(value) => setSeed(Number(value) || 1)}
          />
          <Button
            size="lg"
            color="amber.4"
            c="dark.9"
            leftSection={<IconPlayerPlay size={20} aria-hidden="true" />}
            loading={start.isPending || isRunning}
            onClick={run}
          >
            {data === undefined ? t.start : t.again}
          </Button>
        </div>
      </header>
      <Refusal error={start.error ?? error} />
      {data?.state === 'failed' && <p className="refusal">{`${t.failed}: ${data.error ?? ''}`}</p>}
      {data !== undefined && <Progress replay={data} />}
      {data !== undefined && data.results.length > 0 && (
        <div className="traces">
          {policies.map((policy) => (
            <PolicyTrace
              key={policy}
              policy={policy}
              result={data.results.find((result) => result.policy === policy)}
            />
          ))}
        </div>
      )}
    </div>
  )
}

function Progress({ replay }: { replay: Replay }) {
  const showLast = (list: HTMLOListElement | null) => {
    list?.scrollTo({ top: list.scrollHeight })
  }
  return (
    <details className="panel progress" open={replay.state === 'running'}>
      <summary>
        {t.progress}
        {replay.state === 'running' && <span className="progress-run">{t.running} …</span>}
      </summary>
      <ol aria-live="polite" ref={showLast}>
        {replay.progress.map(({ at, policy, text }, index) => (
          <li key={index}>
            <time className="num" dateTime={at}>
              {when(at, 'clock')}
            </time>
            <span className="progress-policy">{policy ?? ''}</span>
            <span>{text}</span>
          </li>
        ))}
      </ol>
    </details>
  )
}
