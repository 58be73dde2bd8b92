import { amountDrift } from './amount-drift.ts'
import { ordinaryLife, ruleTests, toFriend, toStranger } from './scene.fixture.ts'

ruleTests(amountDrift, {
  thief: toStranger,
  honest: {
    'somebody who pays as much to whom he always pays': toFriend,
    'somebody whose larger payment is still small': { money: { amount: 100_000n } },
    'a newcomer who has no habits yet': { past: ordinaryLife({ days: 5 }) },
  },
})
