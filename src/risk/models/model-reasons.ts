import type { FactName } from '../facts.ts'

/** What a group of features says when the model finds it telling; the code is the reason's. */
interface Wording {
  readonly facts: readonly FactName[]
  readonly sentence: string
  readonly zh: string
  readonly analystSentence: string
}

/** The reason of the model's score itself; those of its features follow. */
export const modelRisk = {
  code: 'MODEL_RISK',
  sentence: 'This is unlike what you usually do, so we make sure that it is you.',
  zh: '这笔操作与您平时的习惯不同，我们需要确认是您本人。',
  analystSentence: 'The model’s probability of a theft is above the policy’s line.',
} as const

/** Features in words; a feature in none of them is told as habits. */
const groups = {
  MODEL_DEVICE: {
    facts: [
      'deviceAge',
      'deviceKnown',
      'deviceTrusted',
      'deviceCustomers',
      'devices24h',
      'otherDevice',
      'deviceAddedBy',
      'sessionAge',
    ],
    sentence: 'The device is not one that you have used for long.',
    zh: '所用设备不是您长期使用的设备。',
    analystSentence: 'Model: the device weighs in.',
  },
  MODEL_TERMINAL: {
    facts: [
      'remoteControl',
      'callInProgress',
      'emulator',
      'rooted',
      'accessibilityAbuse',
      'appTampered',
      'malware',
      'phishing',
    ],
    sentence: 'Something on the phone, or a call, could be used to act in your place.',
    zh: '手机上的某个应用或正在进行的通话可能被人利用来代您操作。',
    analystSentence: 'Model: signals of the terminal weigh in.',
  },
  MODEL_NETWORK: {
    facts: ['networkAge', 'networkCustomers', 'networks24h', 'networkKind', 'travelKmh'],
    sentence: 'The network is not one that you usually use.',
    zh: '所用网络不是您平时使用的网络。',
    analystSentence: 'Model: network or place weighs in.',
  },
  MODEL_CREDENTIALS: {
    facts: [
      'passwordAge',
      'resetAge',
      'failedSignIns24h',
      'proof',
      'forwarding',
      'simSwap',
      'silence',
      'smsSignalAge',
      'attempts24h',
      'attemptedSum24h',
    ],
    sentence: 'Something about your sign-in or your phone number changed recently.',
    zh: '您的登录信息或手机号码近期有变动。',
    analystSentence: 'Model: credentials, number or stopped attempts weigh in.',
  },
  MODEL_PAYEE: {
    facts: [
      'newPayee',
      'payeeAge',
      'paymentsToPayee',
      'newPayees24h',
      'newPayeeSum24h',
      'payeePaidUs',
      'payeeSharesDevice',
      'payeeDeviceCustomers',
      'payeeNewPayers24h',
      'payeePayers24h',
      'payeeIn24h',
      'payeeOut24h',
      'payeePassThrough',
      'payeeKind',
      'bankAccountAge',
    ],
    sentence: 'The recipient is not one that you have paid for long.',
    zh: '收款人不是您长期付款的对象。',
    analystSentence: 'Model: the payee weighs in.',
  },
  MODEL_AMOUNT: {
    facts: [
      'amount',
      'leavingSum24h',
      'redeemedSum24h',
      'nearEqualSum24h',
      'shareLeaving24h',
      'timesLargest',
      'largestPayment',
      'source',
    ],
    sentence: 'The amount is unusual for you.',
    zh: '金额与您平时的付款不同。',
    analystSentence: 'Model: amounts weigh in.',
  },
  MODEL_HABIT: {
    facts: [],
    sentence: 'Time and rhythm are unlike your usual ones.',
    zh: '操作的时间或频率与您平时不同。',
    analystSentence: 'Model: habits weigh in.',
  },
} as const satisfies Record<string, Wording>

export type ModelReasonCode = keyof typeof groups

const codes = new Map<FactName, ModelReasonCode>(
  (Object.keys(groups) as ModelReasonCode[]).flatMap((code) =>
    groups[code].facts.map((fact) => [fact, code] as const),
  ),
)

/** The reason code of a fact that the model found telling, and its words. */
export function wordingOf(fact: FactName): { code: ModelReasonCode } & Omit<Wording, 'facts'> {
  const code = codes.get(fact) ?? 'MODEL_HABIT'
  return { code, ...groups[code] }
}

/** Chinese sentences by code, as `sentencesZh` has them for rules. */
export const modelSentencesZh: Readonly<Record<string, string>> = Object.fromEntries([
  [modelRisk.code, modelRisk.zh],
  ...Object.entries(groups).map(([code, { zh }]) => [code, zh] as const),
])
