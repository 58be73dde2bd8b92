import type { PolicyDocument } from '../policy.ts'
import { inPolicy } from '../rule.ts'
import { allRules } from '../rules/all-rules.ts'
import { accountTakeover } from '../typologies/account-takeover.ts'
import { muleAccount } from '../typologies/mule-account.ts'

const hours = 60
const days = 24 * hours
const yuan = 100

/** Every rule and every signal: what we hold to be right now. */
export const policyToday: PolicyDocument = {
  name: 'today',
  description:
    'All rules and signals. SMS proves nothing while the number may be hijacked; a session works ' +
    'on its own device; new payees, fresh devices and emptied savings are confirmed or held.',
  parameters: {
    maxSmsSignalAge: 1 * hours,
    newDeviceAge: 3 * days,
    newNetworkAge: 1 * days,
    recentChange: 3 * days,
    coolOffSum: 500 * yuan,
    maxFailedSignIns: 5,
    crowdedNetwork: 10,
    newPayeeConfirmSum: 5_000 * yuan,
    maxNewPayeeSum24h: 30_000 * yuan,
    redeemThenPaySum: 2_000 * yuan,
    drainShare: 50,
    drainSum: 10_000 * yuan,
    habitPayments: 20,
    driftTimes: 1_000,
    driftSum: 2_000 * yuan,
    rareHourShare: 4,
    maxDormantDays: 180,
    wokenSum: 1_000 * yuan,
    muleSum: 500 * yuan,
    muleIn24h: 5_000 * yuan,
    passThroughShare: 70,
    noMules: 0,
    maxMuleLinks: 1,
    fanOutPayees: 4,
    youngPayeeAge: 30 * days,
    manyNewPayers: 5,
    maxDeviceCustomers: 4,
    splitCount: 4,
    splitSum: 2_000 * yuan,
    burstPayees: 5,
    burstSum: 3_000 * yuan,
    maxAttempts: 3,
    callSum: 1_000 * yuan,
    youngBankAccount: 12 * hours,
    bankCoolOffSum: 10_000 * yuan,
    maxTravelKmh: 1_000,
  },
  rules: allRules.map((rule) => inPolicy(rule)),
  typologies: [accountTakeover, muleAccount],
  outcomeFrom: { challenge: 40, hold: 75, deny: 101 },
  levelFrom: { elevated: 40, highest: 75 },
  holdBecomes: {
    reset: 'deny',
    sign_in: 'deny',
    redeem: 'challenge',
    withdrawal: 'challenge',
    link_bank_account: 'deny',
  },
}
