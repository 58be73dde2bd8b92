import { crowdedNetwork } from './crowded-network.ts'
import { freshPhone, ruleTests, strangePhone } from './scene.fixture.ts'

ruleTests(crowdedNetwork, {
  thief: {
    ...strangePhone,
    step: 'sign_in',
    networkSeenBy: 40,
    customer: { failedSignIns24h: 1 },
  },
  honest: {
    'a family behind one address': { networkSeenBy: 3 },
    'somebody in a hotel on a phone we know': freshPhone,
    'somebody in a hotel who knows his password': { customer: { failedSignIns24h: 0 } },
  },
})
