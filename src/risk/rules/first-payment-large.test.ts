import { firstPaymentLarge } from './first-payment-large.ts'
import { ruleTests, small, toFriend, toStranger } from './scene.fixture.ts'

ruleTests(firstPaymentLarge, {
  thief: toStranger,
  honest: {
    'somebody who pays as much to a friend': toFriend,
    'somebody whose first payment is small': small,
  },
})
