import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createManualClock } from '#kernel'
import { createLogger } from './create-logger.ts'
import { createMetrics } from './create-metrics.ts'
import { createLatencyRing } from './latency-ring.ts'
import { createRateRing } from './rate-ring.ts'

test('a quantile is at most a tenth above the truth and forgets after its time', () => {
  const clock = createManualClock(0)
  const ring = createLatencyRing({ clock, seconds: 60 })
  assert.equal(ring.quantile(0.99), null)
  for (let ms = 1; ms <= 1_000; ms += 1) ring.add(ms)
  for (const [share, truth] of [
    [0.5, 500],
    [0.99, 990],
  ] as const) {
    const seen = ring.quantile(share) ?? 0
    assert.ok(seen >= truth && seen <= truth * 1.1, `${share}: ${seen}`)
  }
  clock.advance(61_000)
  assert.equal(ring.quantile(0.5), null)
  ring.add(5)
  assert.ok((ring.quantile(0.5) ?? 0) < 6)
})

test('a rate counts whole seconds only, and falls back to zero', () => {
  const clock = createManualClock(1_000_000)
  const ring = createRateRing({ clock, seconds: 10 })
  for (let i = 0; i < 50; i += 1) ring.add()
  assert.equal(ring.perSecond(), 0)
  clock.advance(1_000)
  assert.equal(ring.perSecond(), 5)
  clock.advance(11_000)
  assert.equal(ring.perSecond(), 0)
})

test('metrics name decisions by step and outcome, and the lane', async () => {
  const clock = createManualClock(0)
  const lane = () => ({ batches: 7, commands: 9, reloads: 0, lost: 0, waiting: 3 })
  const metrics = createMetrics({ clock, lane, ofProcess: false })
  metrics.decided({ step: 'payment', outcome: 'hold', durationMs: 12 })
  metrics.answered({ route: 'pay', status: 201, durationMs: 13 })
  const text = await metrics.text()
  assert.match(text, /coffer_decisions_total\{step="payment",outcome="hold"\} 1/)
  assert.match(text, /coffer_lane_batches 7/)
  assert.match(text, /coffer_http_seconds_count\{route="pay",status="201"\} 1/)
  clock.advance(1_000)
  assert.equal(metrics.figures().paymentsPerSecond, 0.1)
})

test('no secret or personal number reaches the log', () => {
  const lines: string[] = []
  const log = createLogger({ level: 'info', write: (line) => lines.push(line) })
  const secret = { phone: '+8613800001111', password: 'hunter22', token: 'abc', code: '123456' }
  log.info({ ...secret, body: secret, deep: { body: { id_number: '11010119800101001X' } } }, 'hi')
  log.error({ error: new Error('broken') }, 'it broke')
  const text = lines.join('')
  assert.ok(!/13800001111|hunter22|"abc"|123456|11010119800101001X/.test(text), text)
  assert.match(text, /it broke/)
  assert.match(text, /"stack"/)
})

test('an amount in fen can be logged', () => {
  const lines: string[] = []
  createLogger({ level: 'info', write: (line) => lines.push(line) }).info({ short: 12n }, 'paid')
  assert.match(lines.join(''), /12/)
})
