import { impossibleTravel } from './impossible-travel.ts'
import { ownPhone, ruleTests, strangePhone, terminal } from './scene.fixture.ts'

ruleTests(impossibleTravel, {
  thief: { ...strangePhone, ...terminal({ travelKmh: 15_000 }) },
  honest: {
    'the owner, whose VPN moved': ownPhone,
    'somebody in an aeroplane': terminal({ travelKmh: 850 }),
    'somebody who went nowhere': terminal(),
  },
})
