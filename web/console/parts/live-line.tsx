import { useComputedColorScheme } from '@mantine/core'
import { useElementSize } from '@mantine/hooks'
import { useEffect, useRef, useState } from 'react'
import type UPlot from 'uplot'

type UPlotClass = typeof UPlot

interface LiveLineProps {
  label: string
  color: string
  times: readonly number[]
  values: readonly (number | null)[]
  height?: number
}

/** A live line on a canvas: the last few minutes, newest at the right. */
export function LiveLine({ label, color, times, values, height = 132 }: LiveLineProps) {
  const { ref, width } = useElementSize()
  const [target, setTarget] = useState<HTMLDivElement | null>(null)
  const plot = useRef<UPlot>(undefined)
  const data = useRef<UPlot.AlignedData>([[], []])
  const scheme = useComputedColorScheme('dark')
  const Plot = useUPlot()

  useEffect(() => {
    if (Plot === undefined || target === null || width === 0) return
    const look = { label, color, width, height, scheme }
    const made = new Plot(optionsOf(look), data.current, target)
    plot.current = made
    return () => {
      plot.current = undefined
      made.destroy()
    }
  }, [Plot, target, label, color, width, height, scheme])

  useEffect(() => {
    data.current = [[...times], [...values]]
    plot.current?.setData(data.current)
  }, [times, values])

  const last = values.at(-1)
  return (
    <figure ref={ref} className="live-line" aria-label={`${label}: ${last?.toFixed(1) ?? '–'}`}>
      <div ref={setTarget} style={{ height }} />
    </figure>
  )
}

/**
 * Loaded beside the page: where uPlot cannot start (it refuses a malformed navigator.language),
 * the figures stay and only the line is missing.
 */
function useUPlot(): UPlotClass | undefined {
  const [loaded, setLoaded] = useState<{ Plot: UPlotClass }>()
  useEffect(() => {
    import('uplot').then(
      ({ default: Plot }) => setLoaded({ Plot }),
      () => undefined,
    )
  }, [])
  return loaded?.Plot
}

interface Look {
  label: string
  color: string
  width: number
  height: number
  scheme: 'light' | 'dark'
}

function optionsOf({ label, color, width, height, scheme }: Look): UPlot.Options {
  const grid = scheme === 'dark' ? 'rgba(190,220,205,0.09)' : 'rgba(20,50,40,0.09)'
  const text = scheme === 'dark' ? '#8ea39b' : '#5d6b64'
  const axis = { stroke: text, font: '11px Inter Variable, sans-serif', ticks: { show: false } }
  const line = { stroke: color, width: 2, fill: fade(color), spanGaps: true }
  return {
    width,
    height,
    // The last time below stands half beside its place.
    padding: [8, 22, 0, 0],
    legend: { show: false },
    cursor: { show: false },
    scales: { y: { range: (_, low, high) => [Math.min(0, low), Math.max(1, high * 1.15)] } },
    axes: [
      { ...axis, grid: { show: false }, space: 84, size: 26, values: (_, at) => at.map(clockTime) },
      { ...axis, grid: { stroke: grid, width: 1 }, size: 38, space: 34 },
    ],
    series: [{}, { label, ...line, points: { show: false } }],
  }
}

const time = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Asia/Shanghai',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
})

function clockTime(seconds: number): string {
  return time.format(new Date(seconds * 1000))
}

function fade(color: string): UPlot.Series.Fill {
  return (plot) => {
    const gradient = plot.ctx.createLinearGradient(0, 0, 0, plot.bbox.height + plot.bbox.top)
    gradient.addColorStop(0, `${color}55`)
    gradient.addColorStop(1, `${color}00`)
    return gradient
  }
}
