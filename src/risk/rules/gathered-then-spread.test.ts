import { day, hour } from '#kernel'
import { saturday } from '../guard-input.fixture.ts'
import { gatheredThenSpread } from './gathered-then-spread.ts'
import { ruleTests, small, toStranger, type Past } from './scene.fixture.ts'

/** What so many who never paid him before have sent him today. */
function gathered(payers: number): Past[] {
  return Array.from({ length: payers }, (_, i) => {
    return { kind: 'received', ago: hour * (i + 1), amount: 300_000, party: `cus_victim_${i}` }
  })
}

ruleTests(gatheredThenSpread, {
  thief: {
    ...toStranger,
    past: gathered(8),
    customer: { createdAt: saturday - 5 * day },
  },
  honest: {
    'somebody of long standing who collected for a present': {
      customer: { createdAt: saturday - 500 * day },
    },
    'somebody who got money from one new payer': { past: gathered(1) },
    'somebody who keeps nearly all he got': small,
  },
})
