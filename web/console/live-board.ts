import { useSyncExternalStore } from 'react'
import type { Board } from '#contract'

/** The newest snapshot and the last few minutes of the figures that are drawn as lines. */
export interface LiveBoard {
  board: Board | undefined
  state: 'connecting' | 'live' | 'broken'
  /** Unix seconds of each sample; the arrays are as long as one another. */
  times: number[]
  paymentsPerSecond: number[]
  p99Ms: (number | null)[]
}

const most = 240
const path = '/v1/operator/board/stream'

let live: LiveBoard = {
  board: undefined,
  state: 'connecting',
  times: [],
  paymentsPerSecond: [],
  p99Ms: [],
}
const listeners = new Set<() => void>()
let source: EventSource | undefined

function change(part: Partial<LiveBoard>): void {
  live = { ...live, ...part }
  for (const listener of listeners) listener()
}

function take(board: Board): void {
  const at = Date.parse(board.at) / 1000
  const last = live.times.at(-1)
  if (last !== undefined && at <= last) return change({ board, state: 'live' })
  change({
    board,
    state: 'live',
    times: [...live.times, at].slice(-most),
    paymentsPerSecond: [...live.paymentsPerSecond, board.payments_per_second].slice(-most),
    p99Ms: [...live.p99Ms, board.decision_p99_ms].slice(-most),
  })
}

function open(): void {
  source = new EventSource(path)
  source.addEventListener('message', ({ data }) => take(JSON.parse(String(data)) as Board))
  source.addEventListener('error', () => {
    change({ state: 'broken' })
    // The browser reconnects by itself unless the server refused outright.
    if (source?.readyState !== EventSource.CLOSED) return
    source = undefined
    setTimeout(() => {
      if (source === undefined && listeners.size > 0) open()
    }, 3_000)
  })
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  if (source === undefined) open()
  return () => {
    listeners.delete(listener)
    if (listeners.size > 0) return
    source?.close()
    source = undefined
  }
}

/** The board as it streams in; one connection however many parts look at it. */
export function useLiveBoard(): LiveBoard {
  return useSyncExternalStore(subscribe, () => live)
}
