import { resetByText } from './reset-by-text.ts'
import { ownPhone, ruleTests, strangePhone } from './scene.fixture.ts'

ruleTests(resetByText, {
  thief: { ...strangePhone, step: 'reset', proof: 'sms', money: null },
  honest: {
    'somebody who forgot his password, on his own phone': ownPhone,
    'somebody whose old phone vouches for the new one': { proof: 'trusted_device' },
  },
})
