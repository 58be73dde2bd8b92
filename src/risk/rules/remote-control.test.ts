import { remoteControl } from './remote-control.ts'
import { ruleTests, toFriend, toStranger } from './scene.fixture.ts'

ruleTests(remoteControl, {
  thief: { ...toStranger, deviceSignals: { remoteControl: true } },
  honest: {
    'somebody who has no such tool': { deviceSignals: { remoteControl: false } },
    'somebody who pays a friend while being helped': toFriend,
  },
})
