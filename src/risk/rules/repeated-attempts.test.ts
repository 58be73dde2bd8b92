import { hour } from '#kernel'
import { repeatedAttempts } from './repeated-attempts.ts'
import { ordinaryLife, ruleTests, toFriend, toStranger, type Past } from './scene.fixture.ts'

/** Payments of today that were stopped. */
function attempts(count: number): Past[] {
  return Array.from({ length: count }, (_, i) => {
    return { kind: 'attempted', ago: hour * (i + 1), amount: 2_000_000, party: 'cus_stranger' }
  })
}

ruleTests(repeatedAttempts, {
  thief: { ...toStranger, past: [...ordinaryLife(), ...attempts(4)] },
  honest: {
    'somebody who pays a friend at last': toFriend,
    'somebody who mistyped once': { past: [...ordinaryLife(), ...attempts(1)] },
  },
})
