import { day, hour } from '#kernel'
import { payeePassThrough } from './payee-pass-through.ts'
import { ordinaryLife, ruleTests, toFriend, toStranger, type Past } from './scene.fixture.ts'

const lent: Past = { kind: 'received', ago: 20 * day, amount: 50_000, party: 'cus_stranger' }

/** What came in today, and what went on an hour later. */
function passing(received: number, sent: number): Past[] {
  return [
    { kind: 'received', ago: 5 * hour, amount: received, party: 'cus_victim' },
    { kind: 'paid', ago: 4 * hour, amount: sent, party: 'cus_next' },
  ]
}

ruleTests(payeePassThrough, {
  thief: { ...toStranger, payeePast: passing(4_000_000, 3_800_000) },
  honest: {
    'somebody who pays a friend': toFriend,
    'somebody who pays a shop that pays its suppliers': { payee: { kind: 'merchant' } },
    'somebody who pays somebody that keeps his money': { payeePast: passing(4_000_000, 400_000) },
    'somebody who pays back whom he got money from': { past: [...ordinaryLife(), lent] },
  },
})
