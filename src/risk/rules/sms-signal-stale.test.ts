import { minute } from '#kernel'
import { saturday } from '../guard-input.fixture.ts'
import { smsSignalStale } from './sms-signal-stale.ts'
import { ruleTests } from './scene.fixture.ts'

ruleTests(smsSignalStale, {
  thief: { step: 'sign_in', proof: 'sms', sms: { observedAt: null } },
  honest: {
    'somebody whose carrier answered five minutes ago': {
      sms: { observedAt: saturday - 5 * minute },
    },
    'somebody who used his password': { proof: 'password' },
  },
})
