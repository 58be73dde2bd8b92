import { rootedDevice } from './rooted-device.ts'
import { freshPhone, ownPhone, ruleTests, terminal } from './scene.fixture.ts'

ruleTests(rootedDevice, {
  thief: { ...freshPhone, ...terminal({ rooted: true }) },
  honest: {
    'a tinkerer on his own phone': ownPhone,
    'somebody whose phone is as it was sold': terminal(),
  },
})
