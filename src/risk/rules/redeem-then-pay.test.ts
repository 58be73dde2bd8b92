import { hour } from '#kernel'
import { redeemThenPay } from './redeem-then-pay.ts'
import { ordinaryLife, ruleTests, small, toFriend, toStranger, type Past } from './scene.fixture.ts'

const redeemed: Past = { kind: 'redeemed', ago: hour, amount: 10_000_000 }

ruleTests(redeemThenPay, {
  thief: { ...toStranger, past: [...ordinaryLife(), redeemed] },
  honest: {
    'somebody who pays a friend from his savings': toFriend,
    'somebody who redeemed nothing': { past: ordinaryLife() },
    'somebody who pays a little of it': small,
  },
})
