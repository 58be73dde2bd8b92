import { deviceOfMules } from './device-of-mules.ts'
import { freshPhone, ownPhone, ruleTests, toFriend, toStranger } from './scene.fixture.ts'

ruleTests(deviceOfMules, {
  thief: { ...toStranger, ...freshPhone, deviceSeenBy: 2, deviceMules: 1 },
  honest: {
    'somebody on a family’s phone': { deviceMules: 0 },
    'the owner of a phone bought second-hand long ago': ownPhone,
    'somebody who pays a friend on it': toFriend,
  },
})
