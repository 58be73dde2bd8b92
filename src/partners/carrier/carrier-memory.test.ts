import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createManualClock } from '#kernel'
import { rememberCarrier } from './carrier-memory.ts'
import type { Carrier, CarrierAnswer } from './port.ts'

const start = 1_000_000

function stage(capacity?: number) {
  const clock = createManualClock(start)
  const asked: string[] = []
  let answer: CarrierAnswer<boolean> = { value: false }
  const answered = async ({ phone }: { phone: string }) => {
    asked.push(phone)
    return answer
  }
  const carrier = rememberCarrier(
    {
      checkSimSwap: answered,
      checkDeviceSwap: answered,
      callForwarding: answered,
    } as unknown as Carrier,
    { clock, freshMs: 60_000, ...(capacity !== undefined && { capacity }) },
  )
  const say = (next: CarrierAnswer<boolean>) => {
    answer = next
  }
  return { clock, asked, carrier, say }
}

test('an answer is given again for a minute, with its age, and then asked for anew', async () => {
  const { clock, asked, carrier, say } = stage()
  const phone = '+8613800000001'
  assert.deepEqual(await carrier.callForwarding({ phone }), { value: false, at: start })
  say({ value: true })
  clock.advance(59_999)
  assert.deepEqual(await carrier.callForwarding({ phone }), { value: false, at: start })
  clock.advance(1)
  assert.deepEqual(await carrier.callForwarding({ phone }), { value: true, at: start + 60_000 })
  assert.equal(asked.length, 2)
})

test('fifty who ask at once are one question, and another age is another question', async () => {
  const { asked, carrier } = stage()
  const query = { phone: '+8613800000002', maxAgeHours: 24 }
  await Promise.all(Array.from({ length: 50 }, () => carrier.checkSimSwap(query)))
  assert.equal(asked.length, 1)
  await carrier.checkSimSwap({ ...query, maxAgeHours: 25 })
  await carrier.checkDeviceSwap(query)
  assert.equal(asked.length, 3)
})

test('a silence is not remembered', async () => {
  const { asked, carrier, say } = stage()
  const phone = '+8613800000003'
  say({ unknown: 'timeout' })
  assert.deepEqual(await carrier.callForwarding({ phone }), { unknown: 'timeout' })
  say({ value: true })
  assert.deepEqual(await carrier.callForwarding({ phone }), { value: true, at: start })
  assert.equal(asked.length, 2)
})

test('no more answers are kept than there is room for', async () => {
  const { asked, carrier } = stage(2)
  for (const phone of ['+10001', '+10002', '+10003', '+10001']) {
    await carrier.callForwarding({ phone })
  }
  assert.deepEqual(asked, ['+10001', '+10002', '+10003', '+10001'])
})
