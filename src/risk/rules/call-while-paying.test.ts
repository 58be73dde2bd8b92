import { callWhilePaying } from './call-while-paying.ts'
import { ruleTests, small, toFriend, toStranger } from './scene.fixture.ts'

ruleTests(callWhilePaying, {
  thief: { ...toStranger, deviceSignals: { callInProgress: true } },
  honest: {
    'somebody who talks to the friend he pays': toFriend,
    'somebody who is not on the phone': { deviceSignals: { callInProgress: false } },
    'somebody who pays a little while talking': small,
  },
})
