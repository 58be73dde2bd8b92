import { signInAfterFailures } from './sign-in-after-failures.ts'
import { ownPhone, ruleTests, strangePhone } from './scene.fixture.ts'

ruleTests(signInAfterFailures, {
  thief: { ...strangePhone, step: 'sign_in', customer: { failedSignIns24h: 9 } },
  honest: {
    'somebody who mistyped twice': { customer: { failedSignIns24h: 2 } },
    'the owner on his own phone, whom others try to lock out': ownPhone,
  },
})
