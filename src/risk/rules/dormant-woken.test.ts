import { day } from '#kernel'
import { dormantWoken } from './dormant-woken.ts'
import { ordinaryLife, ruleTests, small, toFriend, toStranger } from './scene.fixture.ts'

ruleTests(dormantWoken, {
  thief: { ...toStranger, past: ordinaryLife({ until: 400 * day }) },
  honest: {
    'somebody who paid yesterday': { past: ordinaryLife() },
    'somebody who comes back and pays his friend': toFriend,
    'somebody who comes back with a small payment': small,
  },
})
