import { hour } from '#kernel'
import { payeeFansOut } from './payee-fans-out.ts'
import { ruleTests, toFriend, toStranger, type Past } from './scene.fixture.ts'

/** What came in today, and to how many it went on. */
function spreading(payees: number): Past[] {
  const sent = Array.from({ length: payees }, (_, i): Past => {
    const amount = Math.floor(3_800_000 / payees)
    return { kind: 'paid', ago: 4 * hour, amount, party: `cus_next_${i}` }
  })
  return [{ kind: 'received', ago: 5 * hour, amount: 4_000_000, party: 'cus_victim' }, ...sent]
}

ruleTests(payeeFansOut, {
  thief: { ...toStranger, payeePast: spreading(6) },
  honest: {
    'somebody who pays a friend': toFriend,
    'somebody who pays a person with one landlord': { payeePast: spreading(1) },
    'somebody who pays a firm on its pay day': { payee: { kind: 'merchant' } },
  },
})
