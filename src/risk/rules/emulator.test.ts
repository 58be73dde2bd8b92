import { emulator } from './emulator.ts'
import { freshPhone, ownPhone, ruleTests } from './scene.fixture.ts'

ruleTests(emulator, {
  thief: { ...freshPhone, deviceSignals: { emulator: true } },
  honest: {
    'a developer whose emulator is trusted': ownPhone,
    'somebody with a real phone': { deviceSignals: { emulator: false } },
  },
})
