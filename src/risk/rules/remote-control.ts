import type { Rule } from '../rule.ts'

export const remoteControl: Rule = {
  id: 'remote-control',
  code: 'REMOTE_CONTROL',
  detection: 8,
  thief: 'Made the victim install a remote-control tool and taps in his place.',
  steps: ['payment', 'withdrawal', 'redeem', 'link_bank_account'],
  when: 'remoteControl && (newPayee || step != "payment")',
  points: 50,
  floor: 'hold',
  observed: 'remoteControl',
  threshold: 'no',
  sentence:
    'Somebody may be controlling your phone. Close remote-control apps; we look at this ' +
    'payment first.',
  analystSentence: 'A remote-control tool is active while money goes somewhere new.',
}
