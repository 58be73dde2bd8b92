import { day } from '#kernel'
import { saturday } from '../guard-input.fixture.ts'
import { linkBankUntrusted } from './link-bank-untrusted.ts'
import { freshPhone, ownPhone, ruleTests } from './scene.fixture.ts'

ruleTests(linkBankUntrusted, {
  thief: { ...freshPhone, step: 'link_bank_account' },
  honest: {
    'the owner on his own phone': ownPhone,
    'somebody whose phone is three months old': { device: { addedAt: saturday - 90 * day } },
  },
})
