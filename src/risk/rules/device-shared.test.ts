import { deviceShared } from './device-shared.ts'
import { freshPhone, ownPhone, ruleTests, toFriend, toStranger } from './scene.fixture.ts'

ruleTests(deviceShared, {
  thief: { ...toStranger, ...freshPhone, deviceSeenBy: 9 },
  honest: {
    'a family with one phone': { deviceSeenBy: 3 },
    'the owner of a phone that others have used': ownPhone,
    'somebody who pays a friend on it': toFriend,
  },
})
