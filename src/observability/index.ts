/** Structured logs on a stream of the caller's; secrets and personal numbers are taken out. */
export { createLogger, type LogLevel, type Logger } from './create-logger.ts'
/** Figures of this process for the board and for Prometheus. No globals. */
export {
  createMetrics, type DecisionFigures, type Metrics, type MetricsOptions,
} from './create-metrics.ts'
export { createLatencyRing, type LatencyRing } from './latency-ring.ts'
export { createRateRing, type RateRing } from './rate-ring.ts'
