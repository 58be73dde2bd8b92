import { cpus, totalmem } from 'node:os'

export interface Run {
  readonly kind: string
  readonly inFlight: number
  readonly hot: boolean
  readonly perSecond: number
  readonly p50Ms: number
  readonly p99Ms: number
  readonly ratio: number
}

export interface Report {
  readonly name: string
  readonly machine: string
  readonly yardstick: {
    readonly what: string
    readonly interactivePerSecond: number
    readonly functionPerSecond: number
  }
  readonly runs: readonly Run[]
  /** Two server processes on one database, plain transfers, together. */
  readonly twoProcesses: {
    readonly inFlight: number
    readonly perSecond: number
    readonly p50Ms: number
    readonly p99Ms: number
    /** Against one process's plain uniform run with as many in flight. */
    readonly ofOneProcess: number
    readonly p99OfOneProcess: number
  }
  /** Of the Node process, with 100,000 customers cached. */
  readonly rssMb: number
}

export function machine(): string {
  const [first] = cpus()
  const memory = Math.round(totalmem() / 2 ** 30)
  const model = first?.model.trim() ?? 'unknown'
  return `${cpus().length} cores ${model}, ${memory} GiB, Node ${process.version}`
}

export interface Measured {
  readonly perSecond: number
  readonly p50Ms: number
  readonly p99Ms: number
}

/**
 * Keeps `inFlight` calls going for `seconds` after a warm-up, and says how many ended in that time.
 * `work` gets a running number, so that every call can be another one.
 */
export async function measure(
  work: (n: number) => Promise<void>,
  {
    inFlight,
    seconds,
    warmUpSeconds,
  }: { inFlight: number; seconds: number; warmUpSeconds: number },
): Promise<Measured> {
  const latencies: number[] = []
  const start = performance.now()
  const from = start + warmUpSeconds * 1_000
  const to = from + seconds * 1_000
  let next = 0
  async function worker(): Promise<void> {
    for (;;) {
      const began = performance.now()
      if (began >= to) return
      await work((next += 1))
      const ended = performance.now()
      if (ended >= from && ended < to) latencies.push(ended - began)
    }
  }
  await Promise.all(Array.from({ length: inFlight }, worker))
  latencies.sort((a, b) => a - b)
  const at = (share: number) => latencies[Math.floor(latencies.length * share)] ?? 0
  return { perSecond: latencies.length / seconds, p50Ms: at(0.5), p99Ms: at(0.99) }
}

export function rounded(value: number, digits = 1): number {
  return Number(value.toFixed(digits))
}
