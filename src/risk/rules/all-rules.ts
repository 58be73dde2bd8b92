import type { Rule } from '../rule.ts'
import { amountDrift } from './amount-drift.ts'
import { balanceDrain } from './balance-drain.ts'
import { bankAccountCoolOff } from './bank-account-cool-off.ts'
import { callWhilePaying } from './call-while-paying.ts'
import { changedThenPay } from './changed-then-pay.ts'
import { crowdedNetwork } from './crowded-network.ts'
import { deviceShared } from './device-shared.ts'
import { dormantWoken } from './dormant-woken.ts'
import { emulator } from './emulator.ts'
import { firstPaymentLarge } from './first-payment-large.ts'
import { linkBankUntrusted } from './link-bank-untrusted.ts'
import { newDeviceCoolOff } from './new-device-cool-off.ts'
import { newDeviceSignIn } from './new-device-sign-in.ts'
import { newPayeeSum } from './new-payee-sum.ts'
import { newPayeesBurst } from './new-payees-burst.ts'
import { payeeManyNewPayers } from './payee-many-new-payers.ts'
import { payeePassThrough } from './payee-pass-through.ts'
import { payeeSharedDevice } from './payee-shared-device.ts'
import { redeemThenPay } from './redeem-then-pay.ts'
import { remoteControl } from './remote-control.ts'
import { repeatedAttempts } from './repeated-attempts.ts'
import { sessionOtherDevice } from './session-other-device.ts'
import { sessionOtherPlace } from './session-other-place.ts'
import { signInAfterFailures } from './sign-in-after-failures.ts'
import { simChangeUntrustedDevice } from './sim-change-untrusted-device.ts'
import { smsIntercepted } from './sms-intercepted.ts'
import { smsSignalStale } from './sms-signal-stale.ts'
import { smsSilence } from './sms-silence.ts'
import { splitAmounts } from './split-amounts.ts'
import { unusualHour } from './unusual-hour.ts'
import { resetByText } from './reset-by-text.ts'
import { rootedDevice } from './rooted-device.ts'
import { accessibilityAbuse } from './accessibility-abuse.ts'
import { appTampered } from './app-tampered.ts'
import { knownMalware } from './known-malware.ts'
import { phishingVisited } from './phishing-visited.ts'
import { anonymousNetwork } from './anonymous-network.ts'
import { impossibleTravel } from './impossible-travel.ts'
import { payeeKnownMule } from './payee-known-mule.ts'
import { payeeNearMules } from './payee-near-mules.ts'
import { payeeFansOut } from './payee-fans-out.ts'
import { gatheredThenSpread } from './gathered-then-spread.ts'
import { knownMulePays } from './known-mule-pays.ts'
import { deviceOfMules } from './device-of-mules.ts'

/** Every rule there is, in the order they are shown; policies choose among them. */
export const allRules: readonly Rule[] = [
  smsIntercepted,
  smsSilence,
  smsSignalStale,
  simChangeUntrustedDevice,
  newDeviceSignIn,
  newDeviceCoolOff,
  changedThenPay,
  signInAfterFailures,
  crowdedNetwork,
  sessionOtherDevice,
  sessionOtherPlace,
  newPayeeSum,
  firstPaymentLarge,
  redeemThenPay,
  balanceDrain,
  remoteControl,
  emulator,
  amountDrift,
  unusualHour,
  dormantWoken,
  payeePassThrough,
  payeeManyNewPayers,
  payeeSharedDevice,
  deviceShared,
  splitAmounts,
  newPayeesBurst,
  repeatedAttempts,
  callWhilePaying,
  bankAccountCoolOff,
  linkBankUntrusted,
  rootedDevice,
  accessibilityAbuse,
  appTampered,
  knownMalware,
  phishingVisited,
  anonymousNetwork,
  impossibleTravel,
  payeeKnownMule,
  payeeNearMules,
  payeeFansOut,
  gatheredThenSpread,
  knownMulePays,
  deviceOfMules,
  resetByText,
]
