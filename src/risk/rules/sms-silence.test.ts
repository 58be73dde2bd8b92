import { smsSilence } from './sms-silence.ts'
import { ruleTests } from './scene.fixture.ts'

ruleTests(smsSilence, {
  thief: { step: 'reset', proof: 'sms', sms: { silence: 'unknown' } },
  honest: {
    'somebody whose phone shows its messages': { sms: { silence: 'no' } },
    'somebody who used his password': { proof: 'password' },
  },
})
