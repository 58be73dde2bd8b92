import { day } from '#kernel'
import { saturday } from '../guard-input.fixture.ts'
import { newDeviceCoolOff } from './new-device-cool-off.ts'
import { freshPhone, ownPhone, ruleTests, small, toFriend, toStranger } from './scene.fixture.ts'

ruleTests(newDeviceCoolOff, {
  thief: { ...toStranger, ...freshPhone },
  honest: {
    'the owner on his own phone': ownPhone,
    'somebody whose phone is a month old': { device: { addedAt: saturday - 30 * day } },
    'somebody with a new phone who pays a friend': toFriend,
    'somebody with a new phone who pays for lunch': small,
  },
})
