import type { Clock } from '#kernel'
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client'
import { createLatencyRing } from './latency-ring.ts'
import { createRateRing } from './rate-ring.ts'

export interface MetricsOptions {
  /** Real time: these are figures about this process, not about simulated days. */
  readonly clock: Clock
  /** Read when somebody asks for the metrics. */
  readonly lane?: () => {
    readonly batches: number
    readonly commands: number
    readonly reloads: number
    readonly lost: number
    readonly waiting: number
  }
  /** Node's own figures (memory, event loop) as well; default true. */
  readonly ofProcess?: boolean
}

/** What the board shows of this process. */
export interface DecisionFigures {
  readonly paymentsPerSecond: number
  readonly decisionsPerSecond: number
  /** Of the last minute, commit included; null when nothing was decided. */
  readonly decisionP50Ms: number | null
  readonly decisionP99Ms: number | null
}

export interface Metrics {
  /** The guard has decided and the decision is committed. */
  decided(decision: { step: string; outcome: string; durationMs: number }): void
  /** A request was answered. */
  answered(answer: { route: string; status: number; durationMs: number }): void
  figures(): DecisionFigures
  /** Prometheus text format. */
  text(): Promise<string>
  readonly contentType: string
}

/** Above 10 s a request has failed by any measure. In seconds, as Prometheus wants it. */
const durationBuckets = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10]

/** A registry of its own for this process. */
export function createMetrics(options: MetricsOptions): Metrics {
  const { clock, lane } = options
  const registry = new Registry()
  const registers = [registry]
  if (options.ofProcess ?? true) collectDefaultMetrics({ register: registry })
  const payments = createRateRing({ clock, seconds: 10 })
  const decisions = createRateRing({ clock, seconds: 10 })
  const latencies = createLatencyRing({ clock, seconds: 60 })
  const decided = new Counter({
    name: 'coffer_decisions_total',
    help: 'Decisions of the guard by step and outcome',
    labelNames: ['step', 'outcome'],
    registers,
  })
  const took = new Histogram({
    name: 'coffer_decision_seconds',
    help: 'From the flow being asked to the commit',
    buckets: durationBuckets,
    registers,
  })
  const answers = new Histogram({
    name: 'coffer_http_seconds',
    help: 'HTTP requests by route and status',
    labelNames: ['route', 'status'],
    buckets: durationBuckets,
    registers,
  })
  if (lane !== undefined) registerLane(registers, lane)
  return {
    decided({ step, outcome, durationMs }) {
      decided.inc({ step, outcome })
      took.observe(durationMs / 1_000)
      latencies.add(durationMs)
      decisions.add()
      if (step === 'payment') payments.add()
    },
    answered({ route, status, durationMs }) {
      answers.observe({ route, status: String(status) }, durationMs / 1_000)
    },
    figures: () => ({
      paymentsPerSecond: payments.perSecond(),
      decisionsPerSecond: decisions.perSecond(),
      decisionP50Ms: latencies.quantile(0.5),
      decisionP99Ms: latencies.quantile(0.99),
    }),
    text: () => registry.metrics(),
    contentType: registry.contentType,
  }
}

function registerLane(registers: Registry[], lane: Required<MetricsOptions>['lane']): void {
  const gauges = {
    batches: 'Batches committed since the start',
    commands: 'Commands committed since the start',
    reloads: 'Batches that another process made read again',
    lost: 'Connections to the database that were lost',
    waiting: 'Requests that wait for their batch',
  } as const
  for (const [name, help] of Object.entries(gauges)) {
    const gauge: Gauge = new Gauge({
      name: `coffer_lane_${name}`,
      help,
      registers,
      collect: () => gauge.set(lane()[name as keyof typeof gauges]),
    })
  }
}
