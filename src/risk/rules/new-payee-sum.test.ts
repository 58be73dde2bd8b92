import { newPayeeSum } from './new-payee-sum.ts'
import { ruleTests, toFriend, toStranger } from './scene.fixture.ts'

ruleTests(newPayeeSum, {
  thief: {
    ...toStranger,
    money: { amount: 6_000_000n, walletAvailable: 20_000_000n, fundUnits: 0n },
  },
  honest: {
    'somebody who pays as much to a friend': toFriend,
    'somebody who pays a stranger for a sofa': { money: { amount: 300_000n } },
  },
})
