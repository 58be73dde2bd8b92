import type { PolicyDocument } from '../policy.ts'
import { inPolicy } from '../rule.ts'
import { amountDrift } from '../rules/amount-drift.ts'
import { newPayeeSum } from '../rules/new-payee-sum.ts'
import { signInAfterFailures } from '../rules/sign-in-after-failures.ts'
import { unusualHour } from '../rules/unusual-hour.ts'

/**
 * Our reconstruction of how such a wallet was guarded in 2013, not a record of any real one: a
 * code by SMS proves who you are, a new device is welcome, nobody asks the carrier, and what
 * stands between a thief and the money is one velocity limit on payments to new payees.
 */
export const policy2013: PolicyDocument = {
  name: '2013',
  description:
    'A reconstruction of 2013: SMS is proof, new devices are fine, no carrier signals; a limit ' +
    'on what goes to new payees within 24 hours.',
  parameters: {
    maxFailedSignIns: 5,
    /** 50,000.00 */
    maxNewPayeeSum24h: 5_000_000,
    habitPayments: 20,
    driftTimes: 1_000,
    driftSum: 200_000,
    rareHourShare: 4,
  },
  rules: [
    inPolicy(signInAfterFailures),
    inPolicy(newPayeeSum),
    inPolicy(amountDrift, { points: 15 }),
    inPolicy(unusualHour, { points: 10 }),
  ],
  outcomeFrom: { challenge: 101, hold: 101, deny: 101 },
  levelFrom: { elevated: 40, highest: 75 },
  holdBecomes: {
    reset: 'deny',
    sign_in: 'deny',
    redeem: 'challenge',
    withdrawal: 'challenge',
    link_bank_account: 'challenge',
  },
}
