import { builtInPolicies, type PolicyDocument, type PolicyRule } from '#risk'

type Extra = readonly [id: string, when: string, observed: string, threshold: string]

/** Rules beside those of `today`, on payments and withdrawals, as an operator might add them. */
const extras: readonly Extra[] = [
  [
    'night-and-new-network',
    'hourShare <= rareHourShare && networkAge < newNetworkAge && amount > callSum',
    'hourShare',
    'rareHourShare',
  ],
  [
    'savings-on-fresh-device',
    'source == "fund" && deviceAge < newDeviceAge && !deviceTrusted',
    'deviceAge',
    'newDeviceAge',
  ],
  [
    'young-customer-large',
    'customerAge < youngPayeeAge && amount > newPayeeConfirmSum',
    'customerAge',
    'youngPayeeAge',
  ],
  ['many-networks', 'networks24h >= manyPlaces && newPayee', 'networks24h', 'manyPlaces'],
  ['many-devices', 'devices24h >= manyPlaces && !deviceTrusted', 'devices24h', 'manyPlaces'],
  ['burst-in-an-hour', 'payments1h >= burstPayees && newPayee', 'payments1h', 'burstPayees'],
  ['busy-day', 'payments24h >= busyDay && amount > callSum', 'payments24h', 'busyDay'],
  [
    'code-for-a-large-sum',
    'proof == "sms" && amount > newPayeeConfirmSum',
    'amount',
    'newPayeeConfirmSum',
  ],
  [
    'password-for-a-new-payee',
    'proof == "password" && newPayee && amount > coolOffSum',
    'amount',
    'coolOffSum',
  ],
  [
    'sim-unknown',
    'simSwap == "unknown" && newPayee && amount > newPayeeConfirmSum',
    'amount',
    'newPayeeConfirmSum',
  ],
  [
    'forwarding-unknown',
    'forwarding == "unknown" && (!deviceTrusted || networkAge < newNetworkAge)',
    'networkAge',
    'newNetworkAge',
  ],
  [
    'silence-unknown',
    'silence == "unknown" && newPayee && amount > redeemThenPaySum',
    'amount',
    'redeemThenPaySum',
  ],
  [
    'young-payee-large',
    'payeeKind == "person" && payeeAge < youngPayeeAge && amount > redeemThenPaySum',
    'payeeAge',
    'youngPayeeAge',
  ],
  [
    'shop-takes-all',
    'payeeKind == "merchant" && newPayee && shareLeaving24h >= drainShare',
    'shareLeaving24h',
    'drainShare',
  ],
  [
    'payee-crowd',
    'payeeKind == "person" && newPayee && payeePayers24h >= busyDay',
    'payeePayers24h',
    'busyDay',
  ],
  [
    'payee-sends-on',
    'newPayee && payeeOut24h > muleIn24h && payeePassThrough >= passThroughShare',
    'payeeOut24h',
    'muleIn24h',
  ],
  [
    'hurried-session',
    'hasSession && sessionAge < hurried && newPayee && amount > coolOffSum',
    'sessionAge',
    'hurried',
  ],
  [
    'old-session',
    'hasSession && sessionAge > oldSession && amount > newPayeeConfirmSum',
    'sessionAge',
    'oldSession',
  ],
  ['first-ever', 'paymentsEver < 1 && amount > callSum', 'amount', 'callSum'],
  [
    'twice-the-largest',
    'timesLargest >= twice && networkAge < newNetworkAge && amount > driftSum',
    'timesLargest',
    'twice',
  ],
  [
    'savings-in-pieces',
    'redeemedSum24h > newPayeeConfirmSum && payments24h >= manyPlaces',
    'redeemedSum24h',
    'newPayeeConfirmSum',
  ],
  [
    'device-by-reset',
    'deviceAddedBy == "reset" && (newPayee || step == "withdrawal")',
    'deviceAddedBy',
    'reset',
  ],
  [
    'feeds-blind',
    'feedStale && !deviceTrusted && amount > newPayeeConfirmSum',
    'amount',
    'newPayeeConfirmSum',
  ],
]

function ruleOf([id, when, observed, threshold]: Extra): PolicyRule {
  return {
    id,
    code: id.toUpperCase().replaceAll('-', '_'),
    steps: ['payment', 'withdrawal'],
    when,
    points: 10,
    floor: null,
    observed,
    threshold,
    sentence: 'Please confirm that it is you.',
    analystSentence: `Bench: ${id}.`,
  }
}

const { today } = builtInPolicies
/** Of the benchmark's policy in all. */
export const benchRules = 60

/** `today` and so many more that they are 60, none of them constant; asks the model of the run. */
export const benchPolicy: PolicyDocument = {
  ...today,
  name: 'bench',
  parameters: {
    ...today.parameters,
    manyPlaces: 3,
    busyDay: 20,
    hurried: 2,
    oldSession: 720,
    twice: 200,
  },
  rules: [...today.rules, ...extras.slice(0, benchRules - today.rules.length).map(ruleOf)],
}
