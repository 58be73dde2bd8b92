import { anonymousNetwork } from './anonymous-network.ts'
import { ownPhone, ruleTests, strangePhone, terminal } from './scene.fixture.ts'

ruleTests(anonymousNetwork, {
  thief: { ...strangePhone, ...terminal({ networkKind: 'tor' }), step: 'sign_in' },
  honest: {
    'the owner behind a VPN on his own phone': ownPhone,
    'a traveller on a mobile network': terminal({ networkKind: 'mobile' }),
    'somebody whose network nobody knows': terminal({ networkKind: 'unknown' }),
  },
})
