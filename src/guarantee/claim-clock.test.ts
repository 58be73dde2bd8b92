import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { breachClocks, dropRunning, meetClock, nextDue, startClock } from './claim-clock.ts'

describe('a claim clock', () => {
  const started = startClock([], { kind: 'review', due: 72 }, 0)

  it('runs until it is met', () => {
    assert.equal(nextDue(started), 72)
    const met = meetClock(started, 'review', 72)
    assert.deepEqual(met, [{ kind: 'review', started: 0, due: 72, met: 72, breached: false }])
    assert.equal(nextDue(met), null)
  })

  it('is breached when it is met too late, and stays so', () => {
    assert.equal(meetClock(started, 'review', 73)[0]?.breached, true)
  })

  it('is marked as breached once', () => {
    assert.deepEqual(breachClocks(started, 72).breached, [])
    const { clocks, breached } = breachClocks(started, 73)
    assert.deepEqual(breached, ['review'])
    assert.deepEqual(breachClocks(clocks, 80).breached, [])
    assert.equal(nextDue(clocks), null)
    assert.equal(meetClock(clocks, 'review', 90)[0]?.breached, true)
  })

  it('stays as it was when it is met again', () => {
    const met = meetClock(started, 'review', 10)
    assert.deepEqual(meetClock(met, 'review', 99), met)
  })

  it('is taken away while it runs when nothing is owed any more', () => {
    const both = startClock(meetClock(started, 'review', 5), { kind: 'payment', due: 9 }, 5)
    assert.deepEqual(
      dropRunning(both).map(({ kind }) => kind),
      ['review'],
    )
  })
})
