import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { localInstant, type Instant } from '#kernel'
import { dueFundEvents, nextFundEvent, type FundProgress } from './schedule.ts'

const at = (text: string): Instant => {
  const [date, time] = text.split(' ')
  return localInstant(date ?? '', time ?? '')
}
const named = ({ kind, date }: { kind: string; date: string }) => `${kind} ${date}`
const nothing: FundProgress = {
  firstOrderOn: null,
  credited: null,
  cutOff: null,
  confirmed: null,
  paid: null,
}

describe('the fund’s calendar of events', () => {
  it('jumps from event to event over a holiday', () => {
    // National Day 2013: dealing on 09-30 and 10-08, closed between.
    const seen: string[] = []
    let now = at('2013-09-30 14:59')
    while (now < at('2013-10-08 15:00')) {
      const event = nextFundEvent(now)
      seen.push(named(event))
      now = event.dueAt
    }
    assert.deepEqual(seen, [
      'cut_off 2013-09-30',
      'income 2013-09-30',
      'income 2013-10-01',
      'income 2013-10-02',
      'income 2013-10-03',
      'income 2013-10-04',
      'income 2013-10-05',
      'income 2013-10-06',
      'income 2013-10-07',
      'confirm 2013-09-30',
      'pay 2013-09-30',
      'cut_off 2013-10-08',
    ])
  })

  it('gives each event its minute of the local day', () => {
    const seen: Instant[] = []
    for (let now = at('2013-10-07 23:59'); seen.length < 4;) {
      now = nextFundEvent(now).dueAt
      seen.push(now)
    }
    const minutes = ['00:05', '09:30', '10:00', '15:00'].map((time) => at(`2013-10-08 ${time}`))
    assert.deepEqual(seen, minutes)
  })

  it('has nothing to do before the first order ever', () => {
    assert.deepEqual(dueFundEvents(nothing, at('2013-07-05 12:00')), [])
  })

  it('lists what was missed in the order in which it should have happened', () => {
    const progress: FundProgress = {
      firstOrderOn: '2013-07-01',
      credited: '2013-07-03',
      cutOff: '2013-07-03',
      confirmed: '2013-07-02',
      paid: '2013-07-02',
    }
    assert.deepEqual(dueFundEvents(progress, at('2013-07-05 09:59')).map(named), [
      'confirm 2013-07-03',
      'pay 2013-07-03',
      'cut_off 2013-07-04',
      'income 2013-07-04',
      'confirm 2013-07-04',
    ])
    assert.deepEqual(dueFundEvents(progress, at('2013-07-04 09:29')).map(named), [])
  })

  it('begins with the cut-off of the day of the first order', () => {
    const progress = { ...nothing, firstOrderOn: '2013-07-05' }
    assert.deepEqual(dueFundEvents(progress, at('2013-07-08 10:00')).map(named), [
      'cut_off 2013-07-05',
      'income 2013-07-05',
      'income 2013-07-06',
      'income 2013-07-07',
      'confirm 2013-07-05',
      'pay 2013-07-05',
    ])
  })
})
