import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { Sql } from '#database'
import { hour, minute, sha256Hex } from '#kernel'
import { testDatabase, type TestDatabase } from '#test-support'
import { createStage, type Stage, ways } from '../stage.fixture.ts'
import { carrierSentinels } from './sentinels.ts'

const message = 'Coffer: {{code}} is your code.'

for (const way of ways) {
  describe(`the carrier's codes and identifiers, by ${way}`, () => {
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

    async function sent(phone: string): Promise<{ authenticationId: string; code: string }> {
      const answer = await stage.carrierCodes.sendCode({ phone, message })
      assert.ok('value' in answer)
      const [text] = await stage.simulators.carrier.inbox(phone, 1)
      const code = /\d{6}/.exec(text?.text ?? '')?.[0] ?? ''
      return { ...answer.value, code }
    }

    function otherThan(code: string): string {
      return code === '000000' ? '000001' : '000000'
    }

    it('sends a code that serves once', async () => {
      const { carrierCodes } = stage
      const tried = await sent('+8613800000031')
      assert.deepEqual(await carrierCodes.validateCode(tried), { value: 'valid' })
      const again = await carrierCodes.validateCode(tried)
      assert.deepEqual(again, { refused: 'verification_expired' })
    })

    it('refuses a wrong code, and the right one after three wrong', async () => {
      const { carrierCodes } = stage
      const { authenticationId, code } = await sent('+8613800000032')
      const wrong = { authenticationId, code: otherThan(code) }
      for (let tries = 0; tries < 3; tries += 1) {
        assert.deepEqual(await carrierCodes.validateCode(wrong), { refused: 'invalid_otp' })
      }
      const late = await carrierCodes.validateCode({ authenticationId, code })
      assert.deepEqual(late, { refused: 'verification_failed' })
    })

    it('forgets a code after five minutes and sends no more than ten an hour', async () => {
      const { carrierCodes, clock } = stage
      const phone = '+8613800000033'
      const old = await sent(phone)
      clock.advance(5 * minute)
      assert.deepEqual(await carrierCodes.validateCode(old), { refused: 'verification_expired' })
      for (let more = 0; more < 9; more += 1) await sent(phone)
      const eleventh = await carrierCodes.sendCode({ phone, message })
      assert.deepEqual(eleventh, { refused: 'max_codes_exceeded' })
      clock.advance(hour)
      await sent(phone)
    })

    it('refuses some numbers, is silent about others, and breaks for none', async () => {
      const { carrierCodes } = stage
      const { smsRefused, timeout, notApplicable, permissionDenied } = carrierSentinels
      const ask = (phone: string) => carrierCodes.sendCode({ phone, message })
      assert.deepEqual(await ask(smsRefused), { refused: 'phone_not_allowed' })
      assert.deepEqual(await ask(timeout), { unknown: 'timeout' })
      assert.deepEqual(await ask(notApplicable), { unknown: 'not_applicable' })
      assert.deepEqual(await ask(permissionDenied), { unknown: 'refused' })
      const nowhere = { phone: '+8613800000034', message: 'no place for it' }
      assert.deepEqual(await carrierCodes.sendCode(nowhere), { unknown: 'refused' })
    })

    it('verifies a number of which it is told only the hash', async () => {
      const { carrier, simulators } = stage
      const phone = '+8613800000035'
      const networkToken = await simulators.carrier.networkToken(phone)
      const ask = (number: string) =>
        carrier.verifyNumber({ phoneHash: sha256Hex(number), networkToken })
      assert.deepEqual(await ask(phone), { value: true })
      assert.deepEqual(await ask('+8613800000036'), { value: false })
    })

    it('says for which numbers it has no service, and which it may not tell of', async () => {
      const { carrier } = stage
      const ask = (phone: string) => carrier.checkDeviceSwap({ phone, maxAgeHours: 24 })
      assert.deepEqual(await ask(carrierSentinels.notApplicable), { unknown: 'not_applicable' })
      assert.deepEqual(await ask(carrierSentinels.permissionDenied), { unknown: 'refused' })
    })
  })
}
