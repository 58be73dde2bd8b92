import { hour } from '#kernel'
import { newPayeesBurst } from './new-payees-burst.ts'
import { ordinaryLife, ruleTests, small, toStranger, type Past } from './scene.fixture.ts'

/** Payments to so many never paid before, this morning. */
function strangers(count: number, amount: number): Past[] {
  return Array.from({ length: count }, (_, i) => {
    return { kind: 'paid', ago: hour * (i + 1), amount, party: `cus_new_${i}` }
  })
}

ruleTests(newPayeesBurst, {
  thief: { ...toStranger, past: [...ordinaryLife(), ...strangers(5, 10_000)] },
  honest: {
    'somebody with one new payee today': { past: ordinaryLife() },
    'somebody at a market, who pays many a little': small,
  },
})
