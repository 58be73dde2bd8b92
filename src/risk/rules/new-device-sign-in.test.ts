import { newDeviceSignIn } from './new-device-sign-in.ts'
import { freshPhone, ruleTests, strangePhone } from './scene.fixture.ts'

ruleTests(newDeviceSignIn, {
  thief: { ...strangePhone, step: 'sign_in', proof: 'password' },
  honest: {
    'somebody on a phone we know': freshPhone,
    'somebody whose old phone says yes': { proof: 'trusted_device' },
  },
})
