import { payeeKnownMule } from './payee-known-mule.ts'
import { ruleTests, small, toStranger } from './scene.fixture.ts'

ruleTests(payeeKnownMule, {
  thief: { ...toStranger, payeeMule: true },
  honest: {
    'somebody who pays whom nobody complained of': { payeeMule: false },
    'somebody who pays him back for a coffee': small,
  },
})
