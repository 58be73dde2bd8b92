import type { Command } from '#commit'
import { accountKey, openAccount, singleCodes } from '#ledger'

/** Opens the accounts of which there is one each. Safe at every start. */
export const openBooks: Command<null, number> = {
  name: 'app.open_books',
  reads: () => singleCodes.map((code) => accountKey(code)),
  apply(state, _input, now) {
    return singleCodes.filter((code) => openAccount(state, { code }, now) === 'opened').length
  },
}
