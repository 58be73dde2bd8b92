import type { Rule } from '../rule.ts'

export const smsIntercepted: Rule = {
  id: 'sms-intercepted',
  code: 'SMS_INTERCEPTED',
  detection: 1,
  thief: "Has the victim's SMS forwarded, or his number moved to another SIM, and asks for a code.",
  steps: ['reset', 'sign_in', 'link_bank_account', 'payment', 'withdrawal'],
  when: 'proof == "sms" && (forwarding != "no" || simSwap != "no")',
  points: 80,
  floor: 'deny',
  observed: 'forwarding',
  threshold: 'no',
  sentence:
    'We cannot accept a text message as proof right now. Please ask your mobile ' +
    'operator whether your messages are forwarded.',
  analystSentence:
    'A code by SMS proves nothing while the carrier reports forwarding or a SIM change, ' +
    'or says nothing.',
}
