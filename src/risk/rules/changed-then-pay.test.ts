import { day, hour } from '#kernel'
import { saturday } from '../guard-input.fixture.ts'
import { changedThenPay } from './changed-then-pay.ts'
import { freshPhone, ownPhone, ruleTests, toFriend, toStranger } from './scene.fixture.ts'

ruleTests(changedThenPay, {
  thief: { ...toStranger, ...freshPhone, customer: { lastResetAt: saturday - hour } },
  honest: {
    'somebody who changed it three months ago': { customer: { lastResetAt: saturday - 90 * day } },
    'the owner, who changed it and pays on his own phone': ownPhone,
    'somebody who pays a friend after it': toFriend,
  },
})
