import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { Sql } from '#database'
import { testDatabase, type TestDatabase } from '#test-support'
import { createStage, type Stage, ways } from '../stage.fixture.ts'
import { identitySentinels } from './sentinels.ts'

const person = { name: 'Li Na', idNumber: '110101199003071233' }

for (const way of ways) {
  describe(`a register of persons, by ${way}`, () => {
    let base: TestDatabase
    let sql: Sql
    let stage: Stage
    before(async () => {
      base = await testDatabase()
      sql = base.database.connect('simulator')
      stage = await createStage({ sql, way })
    })
    after(async () => {
      await stage.close()
      await sql.end()
      await base.drop()
    })
    const checked = (idNumber: string) => stage.identity.checkName({ name: 'Li Na', idNumber })

    test('a name that belongs to the number is a match', async () => {
      assert.deepEqual(await stage.identity.checkName(person), { ok: true, value: 'match' })
    })

    test("somebody else's number is a mismatch, and one in no register is unknown", async () => {
      const { mismatch, unknown } = identitySentinels
      assert.deepEqual(await checked(mismatch), { ok: true, value: 'mismatch' })
      assert.deepEqual(await checked(unknown), { ok: true, value: 'unknown' })
    })

    test('every way to fail is told apart, and a silent register is given up on', async () => {
      const { timeout, rateLimited, unavailable, malformedAnswer } = identitySentinels
      assert.deepEqual(await checked(rateLimited), { ok: false, error: 'rate_limited' })
      assert.deepEqual(await checked(unavailable), { ok: false, error: 'unavailable' })
      assert.deepEqual(await checked(malformedAnswer), { ok: false, error: 'malformed_answer' })
      assert.deepEqual(await checked(timeout), { ok: false, error: 'timeout' })
    })

    test('a register that is out of order says nothing of anybody', async () => {
      await stage.simulators.setFault('identity', 'unavailable')
      const { idNumber } = person
      assert.deepEqual(await checked(idNumber), { ok: false, error: 'unavailable' })
      await stage.simulators.setFault('identity', null)
      assert.deepEqual(await checked(idNumber), { ok: true, value: 'match' })
    })
  })
}
