import { payeeNearMules } from './payee-near-mules.ts'
import { ruleTests, small, toFriend, toStranger } from './scene.fixture.ts'

ruleTests(payeeNearMules, {
  thief: { ...toStranger, payeeLinks: 2 },
  honest: {
    'somebody whose payee stands near nobody known': { payeeLinks: 0 },
    'somebody who pays a friend who once was paid by one': toFriend,
    'somebody who buys in a shop where mules buy, too': { payee: { kind: 'merchant' } },
    'somebody who pays a little': small,
  },
})
