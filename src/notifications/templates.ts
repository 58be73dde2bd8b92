export type Severity = 'info' | 'warning' | 'danger'

/** A message to customers; `{word}` is replaced by the parameter of that name. */
export interface Template {
  readonly severity: Severity
  readonly title: string
  readonly text: string
  /** The customer should call his mobile operator. */
  readonly callCarrier?: true
}

const callThem =
  'Call your mobile operator on its public number and ask whether your SIM was replaced or your ' +
  'calls and messages are forwarded.'
const notYou = 'If this was not you, freeze your account at once.'

/** Everything we ever say, by name. `amount` comes as `20000.00` and is shown as `¥20,000.00`. */
export const templates = {
  new_device: {
    severity: 'warning',
    title: 'New device signed in',
    text: `“{device}” has signed in to your account. ${notYou}`,
  },
  device_trusted: {
    severity: 'info',
    title: 'Device trusted',
    text: `“{device}” may now confirm payments. ${notYou}`,
  },
  sign_in_waiting: {
    severity: 'warning',
    title: 'Is this you?',
    text: `“{device}” wants to sign in to your account. Approve it here only if it is you.`,
  },
  sign_in_refused: {
    severity: 'danger',
    title: 'We refused a sign-in',
    text:
      'Somebody with your password tried to sign in on “{device}” and we refused. If it was ' +
      'not you, change your password.',
  },
  session_reused: {
    severity: 'danger',
    title: 'We ended a session',
    text:
      'An old key to one of your sessions was used again: somebody else may have a copy. We ' +
      'ended that session. Sign in again, and freeze your account if you see anything odd.',
  },
  totp_on: {
    severity: 'info',
    title: 'Codes of your app are on',
    text: `From now on we ask for a code of your app on devices we do not trust. ${notYou}`,
  },
  totp_off: {
    severity: 'warning',
    title: 'Codes of your app are off',
    text: `We do not ask for codes of your app any more. ${notYou}`,
  },
  recovery_codes_made: {
    severity: 'warning',
    title: 'New recovery codes',
    text: `A new sheet of recovery codes was made; older ones are worthless. ${notYou}`,
  },
  passkey_added: {
    severity: 'warning',
    title: 'Passkey added',
    text: `“{device}” may now sign in and confirm payments. ${notYou}`,
  },
  passkey_removed: {
    severity: 'info',
    title: 'Passkey removed',
    text: `One of your passkeys no longer opens your account. ${notYou}`,
  },
  password_replaced: {
    severity: 'warning',
    title: 'Your password was replaced',
    text: `It was reset with a code by SMS on “{device}”, and all sessions ended. ${notYou}`,
  },
  reset_waiting: {
    severity: 'danger',
    title: 'Somebody wants to replace your password',
    text:
      'Your ID number and a code by SMS were shown on “{device}”. In a day your password can be ' +
      'replaced there. If this was not you, sign in or freeze your account: either ends it.',
  },
  reset_refused: {
    severity: 'danger',
    title: 'We refused to reset your password',
    text: 'Somebody asked to reset your password on “{device}”. Nothing was changed.',
  },
  reset_refused_sms: {
    severity: 'danger',
    title: 'Your text messages may reach somebody else',
    text:
      'Somebody asked to reset your password with a code by SMS on “{device}”. We refused: ' +
      `your messages may be read by others. Nothing was changed. ${callThem}`,
    callCarrier: true,
  },
  sms_forwarded: {
    severity: 'danger',
    title: 'Your calls and messages are forwarded',
    text: `Your mobile operator says so. Until it ends we accept no code by SMS. ${callThem}`,
    callCarrier: true,
  },
  sim_swapped: {
    severity: 'danger',
    title: 'Your SIM was changed',
    text: `Your mobile operator says so. For some days we accept no code by SMS. ${callThem}`,
    callCarrier: true,
  },
  sms_silence: {
    severity: 'danger',
    title: 'Your phone gets no messages',
    text: `Codes we sent were delivered, but your phone never showed them. ${callThem}`,
    callCarrier: true,
  },
  frozen: {
    severity: 'danger',
    title: 'Your account is frozen',
    text: 'No money leaves it until it is unfrozen. Reason: {reason}.',
  },
  unfrozen: {
    severity: 'warning',
    title: 'Your account is active again',
    text: `The freeze was lifted. ${notYou}`,
  },
  bank_account_linked: {
    severity: 'warning',
    title: 'Bank account linked',
    text: `Money can be withdrawn to {account} after its cool-off. ${notYou}`,
  },
  payment_challenged: {
    severity: 'warning',
    title: 'Confirm a payment',
    text: '{amount} for {payee} is reserved. It goes out when you confirm on a trusted device.',
  },
  payment_held: {
    severity: 'warning',
    title: 'We are checking a payment',
    text: '{amount} for {payee} is reserved while we look. Undecided, it comes back to you.',
  },
  payment_released: {
    severity: 'info',
    title: 'Payment sent',
    text: 'After our check, {amount} went to {payee}.',
  },
  payment_denied: {
    severity: 'danger',
    title: 'Payment refused',
    text: 'We did not send {amount} to {payee}. Your money is in your wallet.',
  },
  payment_voided: {
    severity: 'info',
    title: 'Payment ended',
    text: 'Nothing went to {payee}: {amount} is free in your wallet again.',
  },
  report_received: {
    severity: 'warning',
    title: 'We have your report',
    text: 'Your account is frozen and we are after the money: {amount}. You follow each step here.',
  },
  recall_secured: {
    severity: 'info',
    title: 'Money found',
    text: '{amount} of your money was still there and came back to you.',
  },
  money_recalled: {
    severity: 'warning',
    title: 'Money held back',
    text: 'A payment to you was reported as theft. {amount} is kept apart until it is settled.',
  },
  claim_opened: {
    severity: 'info',
    title: 'Claim opened',
    text: 'What was not found goes to the insurer: {amount}.',
  },
  claim_approved: {
    severity: 'info',
    title: 'Claim approved',
    text: 'You are being paid {amount}.',
  },
  claim_refused: {
    severity: 'warning',
    title: 'Claim refused',
    text: 'We could not approve your claim. Reason: {reason}.',
  },
  claim_paid: {
    severity: 'info',
    title: 'You are whole again',
    text: '{amount} is in your wallet, the income you missed included.',
  },
} as const satisfies Record<string, Template>

export type TemplateName = keyof typeof templates

/** The words for a customer. A template that has since been removed shows its name. */
export function wordsOf(
  name: string,
  params: Readonly<Record<string, string>>,
): Template & { readonly code: string } {
  const template: Template | undefined = (templates as Record<string, Template>)[name]
  if (template === undefined) return { code: name, severity: 'info', title: name, text: '' }
  const text = template.text.replace(/\{(\w+)\}/g, (_all, word: string) => {
    const value = params[word]
    if (value === undefined) return '…'
    return word === 'amount' ? yuan(value) : value
  })
  return { ...template, code: name, text }
}

function yuan(amount: string): string {
  return `¥${amount.replace(/\B(?=(\d{3})+(?!\d))(?<!\.\d*)/g, ',')}`
}
