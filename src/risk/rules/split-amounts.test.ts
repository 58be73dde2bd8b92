import { hour } from '#kernel'
import { splitAmounts } from './split-amounts.ts'
import { ordinaryLife, ruleTests, toFriend, toStranger, type Past } from './scene.fixture.ts'

/** Payments to so many never paid before, this morning. */
function strangers(count: number, amount: number): Past[] {
  return Array.from({ length: count }, (_, i) => {
    return { kind: 'paid', ago: hour * (i + 1), amount, party: `cus_new_${i}` }
  })
}

ruleTests(splitAmounts, {
  thief: { ...toStranger, past: [...ordinaryLife(), ...strangers(4, 2_000_000)] },
  honest: {
    'somebody who pays a friend': toFriend,
    'somebody who pays one large sum': { past: ordinaryLife() },
    'somebody whose payments differ': { money: { amount: 10_000n } },
  },
})
