import { knownMulePays } from './known-mule-pays.ts'
import { ruleTests, small, toStranger } from './scene.fixture.ts'

ruleTests(knownMulePays, {
  thief: { ...toStranger, ownMule: true },
  honest: {
    'somebody whom no stolen money ever reached': { ownMule: false },
    'somebody who buys a meal': small,
  },
})
