import { useElementSize } from '@mantine/hooks'
import { useComputedColorScheme } from '@mantine/core'
import { useEffect, useRef, useState } from 'react'
import UPlot from 'uplot'

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
  const plot = useRef<UPlot | null>(null)
  const scheme = useComputedColorScheme('dark')

  useEffect(() => {
    if (target === null || width === 0) return
    const made = new UPlot(optionsOf({ label, color, width, height, scheme }), [[], []], target)
    plot.current = made
    return () => {
      made.destroy()
      plot.current = null
    }
  }, [target, label, color, width, height, scheme])

  useEffect(() => {
    plot.current?.setData([[...times], [...values]])
  }, [times, values, width, scheme])

  const last = values.at(-1)
  return (
    <figure ref={ref} className="live-line" aria-label={`${label}: ${last?.toFixed(1) ?? '–'}`}>
      <div ref={setTarget} style={{ height }} />
    </figure>
  )
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
  return {
    width,
    height,
    padding: [8, 4, 0, 0],
    legend: { show: false },
    cursor: { show: false },
    tzDate: (seconds) => UPlot.tzDate(new Date(seconds * 1000), 'Asia/Shanghai'),
    scales: { y: { range: (_, low, high) => [Math.min(0, low), Math.max(1, high * 1.15)] } },
    axes: [
      { ...axis, grid: { show: false }, space: 90, size: 24 },
      { ...axis, grid: { stroke: grid, width: 1 }, size: 38, space: 34 },
    ],
    series: [
      {},
      {
        label,
        stroke: color,
        width: 2,
        fill: fade(color),
        points: { show: false },
        spanGaps: true,
      },
    ],
  }
}

function fade(color: string): UPlot.Series.Fill {
  return (plot) => {
    const gradient = plot.ctx.createLinearGradient(0, 0, 0, plot.bbox.height + plot.bbox.top)
    gradient.addColorStop(0, `${color}55`)
    gradient.addColorStop(1, `${color}00`)
    return gradient
  }
}
