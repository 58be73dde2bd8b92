import { useElementSize } from '@mantine/hooks'
import { useState } from 'react'
import { when } from '../../shared/format.ts'
import { texts } from '../texts.ts'
import type { YieldDay } from '#contract'

const height = 150
const pad = { top: 14, right: 6, bottom: 22, left: 6 }

interface Point {
  x: number
  y: number
  day: YieldDay
  value: string
}

/** The fund's published line; point at it to read a day. */
export function YieldLine(props: { days: readonly YieldDay[]; of: 'seven_day_yield' | 'per_10k' }) {
  const { ref, width } = useElementSize()
  const [chosen, choose] = useState<number | null>(null)
  const points = place(props.days, props.of, width)
  const last = points.at(-1)
  const shown = chosen === null ? last : (points[chosen] ?? last)
  const unit = props.of === 'seven_day_yield' ? ' %' : ''
  const label = `${props.of === 'per_10k' ? texts.home.per10k : texts.home.yieldTitle}: ${points
    .map(({ day, value }) => `${when(day.date, 'day')} ${value}${unit}`)
    .join(', ')}`
  const follow = (x: number) => {
    const near = points.reduce(
      (best, point, index) =>
        Math.abs(point.x - x) < Math.abs((points[best]?.x ?? Infinity) - x) ? index : best,
      0,
    )
    choose(near)
  }
  return (
    <figure
      ref={ref}
      className="yield-line"
      aria-label={label}
      onPointerMove={(event) =>
        follow(event.clientX - event.currentTarget.getBoundingClientRect().left)
      }
      onPointerLeave={() => choose(null)}
    >
      <svg width={width} height={height} aria-hidden="true">
        <defs>
          <linearGradient id="yield-fill" x1="0" y1="0" x2="0" y2="1">
            <stop offset="0" stopColor="#e6a93c" stopOpacity="0.34" />
            <stop offset="1" stopColor="#e6a93c" stopOpacity="0" />
          </linearGradient>
        </defs>
        <path d={areaOf(points)} fill="url(#yield-fill)" />
        <path d={lineOf(points)} fill="none" stroke="#c98a1b" strokeWidth="2.4" />
        {shown !== undefined && <Pin point={shown} />}
        <Ends points={points} width={width} />
      </svg>
      {shown !== undefined && chosen !== null && (
        <span
          className="yield-tip num"
          style={{ left: Math.min(Math.max(shown.x, 52), width - 52) }}
        >
          {when(shown.day.date, 'day')} · {shown.value}
          {unit}
        </span>
      )}
    </figure>
  )
}

function Pin({ point }: { point: Point }) {
  return (
    <g>
      <line
        x1={point.x}
        x2={point.x}
        y1={point.y}
        y2={height - pad.bottom}
        className="yield-drop"
      />
      <circle cx={point.x} cy={point.y} r="5.5" fill="#fffdf8" stroke="#c98a1b" strokeWidth="2.6" />
    </g>
  )
}

function Ends({ points, width }: { points: readonly Point[]; width: number }) {
  const first = points[0]
  const last = points.at(-1)
  if (first === undefined || last === undefined || first === last) return null
  return (
    <g className="yield-ends">
      <text x={pad.left} y={height - 4}>
        {when(first.day.date, 'day')}
      </text>
      <text x={width - pad.right} y={height - 4} textAnchor="end">
        {when(last.day.date, 'day')}
      </text>
    </g>
  )
}

function place(
  days: readonly YieldDay[],
  of: 'seven_day_yield' | 'per_10k',
  width: number,
): Point[] {
  const known = days.flatMap((day) => {
    const value = day[of]
    return value === null ? [] : [{ day, value }]
  })
  const values = known.map(({ value }) => Number(value))
  const low = Math.min(...values)
  const high = Math.max(...values)
  const span = high - low === 0 ? 1 : high - low
  const inner = { width: width - pad.left - pad.right, height: height - pad.top - pad.bottom }
  return known.map(({ day, value }, index) => ({
    day,
    value,
    x: pad.left + (known.length === 1 ? 1 : index / (known.length - 1)) * inner.width,
    y: pad.top + (high === low ? 0.5 : (high - Number(value)) / span) * inner.height * 0.86,
  }))
}

function lineOf(points: readonly Point[]): string {
  return points
    .map(({ x, y }, index) => `${index === 0 ? 'M' : 'L'}${x.toFixed(1)} ${y.toFixed(1)}`)
    .join('')
}

function areaOf(points: readonly Point[]): string {
  const first = points[0]
  const last = points.at(-1)
  if (first === undefined || last === undefined) return ''
  const floor = height - pad.bottom
  return `${lineOf(points)}L${last.x.toFixed(1)} ${floor}L${first.x.toFixed(1)} ${floor}Z`
}
