import { sessionOtherDevice } from './session-other-device.ts'
import { ruleTests, strangePhone } from './scene.fixture.ts'

ruleTests(sessionOtherDevice, {
  thief: { ...strangePhone, step: 'redeem', session: { otherDevice: true } },
  honest: {
    'somebody on the phone he signed in on': { session: { otherDevice: false } },
  },
})
