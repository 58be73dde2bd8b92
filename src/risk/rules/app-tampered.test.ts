import { appTampered } from './app-tampered.ts'
import { ruleTests, terminal } from './scene.fixture.ts'

ruleTests(appTampered, {
  thief: terminal({ appTampered: true }),
  honest: {
    'somebody with our app as we built it': terminal(),
  },
})
