import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { Sql } from '#database'
import { day, hour } from '#kernel'
import { testDatabase, type TestDatabase } from '#test-support'
import { createStage, type Stage, ways } from '../stage.fixture.ts'
import type { CarrierEvent } from './port.ts'
import { carrierSentinels } from './sentinels.ts'

const longAgo = 0

for (const way of ways) {
  describe(`carrier, by ${way}`, () => {
    let test: TestDatabase
    let sql: Sql
    let stage: Stage

    before(async () => {
      test = await testDatabase()
      sql = test.database.connect('simulator')
      stage = await createStage({ sql, way })
    })
    after(async () => {
      await stage.close()
      await sql.end()
      await test.drop()
    })

    it('knows nothing unusual of an ordinary number', async () => {
      const { carrier } = stage
      const phone = '+8613800000001'
      const none = { value: { at: null, monitoredDays: 100 } }
      assert.deepEqual(await carrier.checkSimSwap({ phone, maxAgeHours: 240 }), { value: false })
      assert.deepEqual(await carrier.retrieveSimSwapDate({ phone }), none)
      assert.deepEqual(await carrier.retrieveDeviceSwapDate({ phone }), none)
      assert.deepEqual(await carrier.callForwarding({ phone }), { value: false })
      assert.deepEqual(await carrier.callForwardings({ phone }), { value: ['inactive'] })
    })

    it('tells a SIM swap by age and forgets it after its memory', async () => {
      const { carrier, clock, simulators } = stage
      const phone = '+8613800000002'
      const at = clock.now()
      await simulators.carrier.swapSim(phone, 'thief')
      clock.advance(3 * hour)
      const within = (maxAgeHours: number) => carrier.checkSimSwap({ phone, maxAgeHours })
      assert.deepEqual(await within(4), { value: true })
      assert.deepEqual(await within(2), { value: false })
      assert.deepEqual(await within(2_401), { unknown: 'out_of_range' })
      const last = await carrier.retrieveSimSwapDate({ phone })
      assert.deepEqual(last, { value: { at, monitoredDays: 100 } })
      clock.advance(100 * day)
      const forgotten = await carrier.retrieveSimSwapDate({ phone })
      assert.deepEqual(forgotten, { value: { at: null, monitoredDays: 100 } })
    })

    it('tells a device swap apart from a SIM swap', async () => {
      const { carrier, simulators } = stage
      const phone = '+8613800000003'
      await simulators.carrier.swapDevice(phone)
      const query = { phone, maxAgeHours: 24 }
      assert.deepEqual(await carrier.checkDeviceSwap(query), { value: true })
      assert.deepEqual(await carrier.checkSimSwap(query), { value: false })
    })

    it('delivers a text to the phone, and once per reference', async () => {
      const { carrier, simulators } = stage
      const phone = '+8613800000004'
      const message = { reference: 'sms-1', phone, text: 'Your code is 123456' }
      const first = await carrier.sendSms(message)
      assert.ok('value' in first)
      assert.deepEqual(await carrier.sendSms(message), first)
      assert.deepEqual(await carrier.sendSms({ ...message, text: 'other' }), {
        unknown: 'reference_reused',
      })
      const inbox = await simulators.carrier.inbox(phone)
      assert.deepEqual(
        inbox.map(({ text }) => text),
        ['Your code is 123456'],
      )
    })

    it('says delivered while the texts go to the thief by forwarding', async () => {
      const { carrier, simulators } = stage
      const phone = '+8613800000005'
      const thief = '+8617000000005'
      await simulators.carrier.forwardSms(phone, thief)
      assert.deepEqual(await carrier.callForwarding({ phone }), { value: true })
      assert.deepEqual(await carrier.callForwardings({ phone }), { value: ['unconditional'] })
      await carrier.sendSms({ reference: 'sms-2', phone, text: 'stolen' })
      const reports = await carrier.deliveryReports({ phone, since: longAgo })
      assert.ok('value' in reports)
      assert.equal(reports.value.length, 1)
      assert.notEqual(reports.value[0]?.deliveredAt, null)
      assert.deepEqual(await simulators.carrier.inbox(phone), [])
      assert.equal((await simulators.carrier.inbox(thief))[0]?.text, 'stolen')
      await simulators.carrier.stopForwarding(phone)
      await carrier.sendSms({ reference: 'sms-3', phone, text: 'home again' })
      assert.equal((await simulators.carrier.inbox(phone))[0]?.text, 'home again')
    })

    it('gives texts and number verification to whoever holds the SIM', async () => {
      const { carrier, simulators } = stage
      const phone = '+8613800000006'
      const owner = await simulators.carrier.networkToken(phone)
      assert.deepEqual(await carrier.verifyNumber({ phone, networkToken: owner }), { value: true })
      const other = { phone: '+8613800000007', networkToken: owner }
      assert.deepEqual(await carrier.verifyNumber(other), { value: false })
      await simulators.carrier.swapSim(phone, 'thief of 6')
      await carrier.sendSms({ reference: 'sms-4', phone, text: 'to the new SIM' })
      assert.equal((await simulators.carrier.inbox('thief of 6'))[0]?.text, 'to the new SIM')
      assert.deepEqual(await carrier.verifyNumber({ phone, networkToken: owner }), {
        unknown: 'not_authenticated',
      })
      const thief = await simulators.carrier.networkToken(phone)
      assert.deepEqual(await carrier.verifyNumber({ phone, networkToken: thief }), { value: true })
      await simulators.carrier.restoreSim(phone)
      await carrier.sendSms({ reference: 'sms-5', phone, text: 'to the owner' })
      assert.equal((await simulators.carrier.inbox(phone))[0]?.text, 'to the owner')
    })

    it('is an unknown, never an exception, when it fails', async () => {
      const { carrier } = stage
      const ask = (phone: string) => carrier.checkSimSwap({ phone, maxAgeHours: 240 })
      assert.deepEqual(await ask(carrierSentinels.numberNotFound), { unknown: 'number_not_found' })
      assert.deepEqual(await ask(carrierSentinels.timeout), { unknown: 'timeout' })
      assert.deepEqual(await ask(carrierSentinels.rateLimited), { unknown: 'rate_limited' })
      assert.deepEqual(await ask(carrierSentinels.unavailable), { unknown: 'unavailable' })
      assert.deepEqual(await ask(carrierSentinels.malformedAnswer), { unknown: 'malformed_answer' })
      const forwarding = await carrier.callForwarding({ phone: carrierSentinels.notSupported })
      assert.deepEqual(forwarding, { unknown: 'not_supported' })
    })

    it('has numbers on which something has happened', async () => {
      const { carrier } = stage
      const { simSwappedAnHourAgo, deviceSwappedAnHourAgo, forwardingActive } = carrierSentinels
      const query = { maxAgeHours: 24 }
      const sim = await carrier.checkSimSwap({ ...query, phone: simSwappedAnHourAgo })
      const device = await carrier.checkDeviceSwap({ ...query, phone: deviceSwappedAnHourAgo })
      const forwarding = await carrier.callForwarding({ phone: forwardingActive })
      assert.deepEqual(
        [sim, device, forwarding],
        [{ value: true }, { value: true }, { value: true }],
      )
      const text = { reference: 'sms-6', phone: carrierSentinels.smsRefused, text: 'x' }
      assert.deepEqual(await carrier.sendSms(text), { unknown: 'refused' })
      const lost = { reference: 'sms-7', phone: carrierSentinels.smsNeverDelivered, text: 'x' }
      const accepted = await carrier.sendSms(lost)
      assert.ok('value' in accepted)
      assert.equal(accepted.value.deliveredAt, null)
    })

    it('brings its news of a number unasked, each once and in order', async () => {
      const { carrierEvents, clock, simulators } = stage
      const heard: CarrierEvent[] = []
      await carrierEvents.subscribe(async () => true)
      await carrierEvents.subscribe(async (event) => heard.push(event) > 0)
      const [phone, other] = ['+8613800000009', '+8613800000010']
      const at = clock.now()
      await simulators.carrier.forwardSms(phone, '+8617000000009')
      // Another target is no news, nor is the end of what never began.
      await simulators.carrier.forwardSms(phone, '+8617000000010')
      await simulators.carrier.stopForwarding(other)
      clock.advance(hour)
      await simulators.carrier.swapSim(other, 'thief of 10')
      await simulators.carrier.stopForwarding(phone)
      assert.deepEqual(
        heard.map(({ kind, active, ...event }) => [event.phone, kind, active, event.at]),
        [
          [phone, 'call_forwarding', true, at],
          [other, 'sim_swap', true, at + hour],
          [phone, 'call_forwarding', false, at + hour],
        ],
      )
      assert.equal(new Set(heard.map(({ source, id }) => `${source} ${id}`)).size, 3)
    })

    it('tells again what was not taken, the same event under the same id', async () => {
      const { carrierEvents, simulators } = stage
      const heard: CarrierEvent[] = []
      let isOpen = false
      await carrierEvents.subscribe(async (event) => {
        heard.push(event)
        if (heard.length === 1) throw new Error('the listener broke')
        return isOpen
      })
      const [first, second] = ['+8613800000011', '+8613800000012']
      await simulators.carrier.swapSim(first, 'thief of 11')
      await simulators.carrier.swapSim(second, 'thief of 12')
      isOpen = true
      await simulators.carrier.deliverEvents()
      await simulators.carrier.deliverEvents()
      assert.deepEqual(
        heard.map(({ phone }) => phone),
        [first, first, first, second],
      )
      assert.deepEqual(heard[0], heard[2])
    })

    it('keeps its news while it is out of order', async () => {
      const { carrierEvents, simulators } = stage
      const heard: string[] = []
      await carrierEvents.subscribe(async ({ phone }) => heard.push(phone) > 0)
      await simulators.setFault('carrier', 'unavailable')
      await simulators.carrier.swapSim('+8613800000013', 'thief of 13')
      assert.deepEqual(heard, [])
      await simulators.setFault('carrier', null)
      assert.deepEqual(heard, ['+8613800000013'])
    })

    it('can be out of order, and come back', async () => {
      const { carrier, simulators } = stage
      const phone = '+8613800000008'
      await simulators.setFault('carrier', 'timeout')
      assert.deepEqual(await carrier.callForwarding({ phone }), { unknown: 'timeout' })
      const lost = await carrier.sendSms({ reference: 'sms-8', phone, text: 'x' })
      assert.deepEqual(lost, { unknown: 'timeout' })
      await simulators.setFault('carrier', null)
      assert.deepEqual(await carrier.callForwarding({ phone }), { value: false })
    })
  })
}
