import { day, hour } from '#kernel'
import { saturday } from '../guard-input.fixture.ts'
import { payeeManyNewPayers } from './payee-many-new-payers.ts'
import { ordinaryLife, ruleTests, toFriend, toStranger, type Past } from './scene.fixture.ts'

/** What so many who never paid him before have sent him today. */
function gathered(payers: number): Past[] {
  return Array.from({ length: payers }, (_, i) => {
    return { kind: 'received', ago: hour * (i + 1), amount: 300_000, party: `cus_victim_${i}` }
  })
}

const lent: Past = { kind: 'received', ago: 20 * day, amount: 50_000, party: 'cus_stranger' }

ruleTests(payeeManyNewPayers, {
  thief: {
    ...toStranger,
    payee: { id: 'cus_stranger', createdAt: saturday - 3 * day },
    payeePast: gathered(8),
  },
  honest: {
    'somebody who pays somebody of long standing': { payee: { createdAt: saturday - 400 * day } },
    'somebody who pays a newcomer whom few have paid': { payeePast: gathered(2) },
    'somebody who pays a shop on its first busy day': { payee: { kind: 'merchant' } },
    'somebody who pays a friend who is collecting for a present': toFriend,
    'somebody who pays back whom he got money from': { past: [...ordinaryLife(), lent] },
  },
})
