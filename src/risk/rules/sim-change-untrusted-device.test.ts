import { simChangeUntrustedDevice } from './sim-change-untrusted-device.ts'
import { freshPhone, ownPhone, ruleTests } from './scene.fixture.ts'

ruleTests(simChangeUntrustedDevice, {
  thief: { ...freshPhone, sms: { simSwap: 'yes' } },
  honest: {
    'somebody with the SIM he always had': { sms: { simSwap: 'no' } },
    'the owner with a new SIM in his own phone': ownPhone,
  },
})
