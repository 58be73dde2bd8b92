import { day, hour } from '#kernel'
import { saturday } from '../guard-input.fixture.ts'
import { bankAccountCoolOff } from './bank-account-cool-off.ts'
import { ruleTests } from './scene.fixture.ts'

ruleTests(bankAccountCoolOff, {
  thief: {
    step: 'withdrawal',
    payee: null,
    bankAccount: { linkedAt: saturday - hour },
    money: { amount: 2_000_000n, walletAvailable: 20_000_000n },
  },
  honest: {
    'somebody who withdraws to his account of long standing': {
      bankAccount: { linkedAt: saturday - 90 * day },
    },
    'somebody who tries the new account with little': { money: { amount: 50_000n } },
  },
})
