import { hour } from '#kernel'
import { unusualHour } from './unusual-hour.ts'
import { ruleTests, small, toFriend, toStranger } from './scene.fixture.ts'

ruleTests(unusualHour, {
  thief: { ...toStranger, at: 13 * hour },
  honest: {
    'somebody who pays a friend at night': toFriend,
    'somebody who pays in the afternoon as always': { at: 0 },
    'somebody who takes a taxi home': small,
  },
})
