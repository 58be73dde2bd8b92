import { balanceDrain } from './balance-drain.ts'
import { ruleTests, toFriend, toStranger } from './scene.fixture.ts'

ruleTests(balanceDrain, {
  thief: {
    ...toStranger,
    money: { amount: 2_000_000n, walletAvailable: 2_200_000n, fundUnits: 0n },
  },
  honest: {
    'somebody who sends all he has to his friend, on his own phone': toFriend,
    'somebody who keeps most of it': { money: { walletAvailable: 20_000_000n } },
    'somebody who empties a wallet of little': {
      money: { amount: 90_000n, walletAvailable: 100_000n },
    },
  },
})
