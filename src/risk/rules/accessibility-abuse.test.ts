import { accessibilityAbuse } from './accessibility-abuse.ts'
import { ruleTests, terminal, toFriend, toStranger } from './scene.fixture.ts'

ruleTests(accessibilityAbuse, {
  thief: { ...toStranger, ...terminal({ accessibilityAbuse: true }) },
  honest: {
    'somebody with a screen reader who pays a friend': toFriend,
    'somebody whose phone has no such app': terminal(),
  },
})
