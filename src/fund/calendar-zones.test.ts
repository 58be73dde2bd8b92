import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { describe, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { dealingCalendar } from './calendar.ts'

const byHand = fileURLToPath(import.meta.url).replace('calendar-zones', 'calendar-by-hand')

/** Runs the comparison with the tables in a process whose clock is set to another zone. */
async function runIn(zone: string): Promise<{ code: number | null; said: string }> {
  const child = spawn(process.execPath, [...process.execArgv, byHand], { env: { TZ: zone } })
  let said = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (piece: Buffer) => (said += piece.toString()))
  }
  const [code] = (await once(child, 'close')) as [number | null]
  return { code, said }
}

describe('the calendar', () => {
  test('knows the first dealing day after the National Day week here', () => {
    assert.equal(dealingCalendar.nextDealingDay('2013-09-30'), '2013-10-08')
  })

  for (const zone of ['America/New_York', 'Pacific/Kiritimati']) {
    test(`is the same on a machine in ${zone}`, async () => {
      const { code, said } = await runIn(zone)
      assert.equal(code, 0, said)
      assert.match(said, /pass 4/)
    })
  }
})
