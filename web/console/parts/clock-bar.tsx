import { Button, NativeSelect } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconClockHour4 } from '@tabler/icons-react'
import { when } from '../../shared/format.ts'
import { useLiveBoard } from '../live-board.ts'
import { useAct, useMay, useTestClock } from '../queries.ts'
import { texts } from '../texts.ts'
import { wordsOf } from './states.tsx'

const t = texts.clock

/** Simulated time: what it shows, how fast it runs, and buttons that move it forward. */
export function ClockBar() {
  const { data: clock } = useTestClock()
  const { board } = useLiveBoard()
  const may = useMay()
  const move = useAct('POST /v1/test-clock')
  if (clock === undefined) return <span className="clock" />
  const now = board === undefined ? clock.now : later(board.simulated_now, clock.now)
  const send = (body: { advance_seconds: number } | { rate: number }) =>
    move.mutate(
      { body },
      { onError: (error) => notifications.show({ color: 'brick', message: wordsOf(error) }) },
    )
  const rate = String(clock.rate)
  const known = t.rates.some(([value]) => value === rate)
  return (
    <section className="clock" aria-label={t.now}>
      <IconClockHour4 size={20} stroke={1.6} aria-hidden="true" />
      <p className="clock-now num">
        <strong>{when(now, 'clock')}</strong>
        <span>{when(now, 'date')}</span>
      </p>
      {may('moveTestClock') && (
        <>
          <div className="clock-steps">
            {t.steps.map(([label, seconds]) => (
              <Button
                key={label}
                size="compact-sm"
                variant="default"
                className="num"
                disabled={move.isPending}
                onClick={() => send({ advance_seconds: seconds })}
              >
                {label}
              </Button>
            ))}
          </div>
          <NativeSelect
            size="xs"
            aria-label={t.speed}
            value={rate}
            onChange={({ currentTarget }) => send({ rate: Number(currentTarget.value) })}
            data={[
              ...(known ? [] : [{ value: rate, label: t.ratio(clock.rate) }]),
              ...t.rates.map(([value, label]) => ({ value, label })),
            ]}
          />
        </>
      )}
    </section>
  )
}

function later(one: string, other: string): string {
  return Date.parse(one) > Date.parse(other) ? one : other
}
