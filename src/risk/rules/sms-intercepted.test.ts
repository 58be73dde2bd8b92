import { smsIntercepted } from './sms-intercepted.ts'
import { ruleTests } from './scene.fixture.ts'

ruleTests(smsIntercepted, {
  thief: { step: 'reset', proof: 'sms', sms: { forwarding: 'yes' } },
  honest: {
    'somebody whose messages reach him': { sms: { forwarding: 'no' } },
    'somebody with forwarding who proves himself on his phone': { proof: 'trusted_device' },
  },
})
