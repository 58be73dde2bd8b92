import { sessionOtherPlace } from './session-other-place.ts'
import { ruleTests, strangePhone } from './scene.fixture.ts'

ruleTests(sessionOtherPlace, {
  thief: { ...strangePhone, session: { otherDevice: true } },
  honest: {
    'somebody on the phone he signed in on': { session: { otherDevice: false } },
    'somebody at home, whose two phones share an app’s data': { parties: { network: '203.0.113' } },
  },
})
