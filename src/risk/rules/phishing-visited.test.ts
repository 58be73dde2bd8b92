import { phishingVisited } from './phishing-visited.ts'
import { ruleTests, terminal, toFriend, toStranger } from './scene.fixture.ts'

ruleTests(phishingVisited, {
  thief: { ...toStranger, ...terminal({ phishing: 'yes' }) },
  honest: {
    'somebody who pays a friend on his own phone': toFriend,
    'somebody who was on no such page': terminal({ phishing: 'no' }),
    'everybody while the feed is stale': terminal({ phishing: 'unknown', feedStale: true }),
  },
})
