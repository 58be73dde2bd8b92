import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { createManualClock, localInstant } from '#kernel'
import { testDatabase, type TestDatabase } from '#test-support'
import { createSimulators } from './create-simulators.ts'
import { readOutsideBalances, readOutsideMovements } from './outside-balances.ts'

let base: TestDatabase
const clock = createManualClock(localInstant('2013-10-12', '09:00'))

before(async () => {
  base = await testDatabase()
})
after(() => base.drop())

test('no outside balance exists where no simulator ever ran', async () => {
  const reader = base.database.connect('reader')
  assert.deepEqual(await readOutsideBalances(reader), [])
  await reader.end()
})

test('the partners go on with their books after a restart', async () => {
  const first = base.database.connect('simulator')
  const before = await createSimulators({ sql: first, clock, seed: 1 })
  await before.bank.deposit({ reference: 'capital', account: 'operator', amount: 700n })
  await before.carrier.forwardSms('+8613800000001', '+8617000000001')
  await before.setFault('insurer', 'unavailable')
  await first.end()

  const second = base.database.connect('simulator')
  const { bank, carrier, insurer, setFault } = await createSimulators({
    sql: second,
    clock,
    seed: 1,
  })
  assert.deepEqual(await bank.balance('operator'), { ok: true, value: 700n })
  assert.deepEqual(await bank.balance('insurer'), { ok: true, value: 10_000_000_000n })
  const forwarding = await carrier.callForwarding({ phone: '+8613800000001' })
  assert.deepEqual(forwarding, { value: true })
  const heard: string[] = []
  await carrier.subscribe(async ({ kind, phone }) => heard.push(`${kind} ${phone}`) > 0)
  assert.deepEqual(heard, ['call_forwarding +8613800000001'])
  assert.deepEqual(await insurer.totals(), { ok: false, error: 'unavailable' })
  await setFault('insurer', null)
  await second.end()
})

test('a reader sees all books in one snapshot, by account and by movement', async () => {
  const reader = base.database.connect('reader')
  await reader.begin('isolation level repeatable read read only', async (tx) => {
    const balances = await readOutsideBalances(tx)
    const names = balances.map(({ partner }) => partner)
    assert.ok(names.includes('bank:reserve') && names.includes('fund:units'))
    for (const { partner, amount } of balances) {
      if (!partner.startsWith('bank:')) continue
      const movements = await readOutsideMovements(tx, partner)
      assert.equal(
        movements.reduce((sum, movement) => sum + movement.amount, 0n),
        amount,
        partner,
      )
    }
    const total = balances
      .filter(({ partner }) => partner.startsWith('bank:'))
      .reduce((sum, { amount }) => sum + amount, 0n)
    assert.equal(total, 0n)
  })
  await reader.end()
})

test('the server itself sees nothing of the partners’ books', async () => {
  const app = base.database.connect('app')
  await assert.rejects(() => readOutsideBalances(app), /permission denied for schema partners/)
  await app.end()
})
