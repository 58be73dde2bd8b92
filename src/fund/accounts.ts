import type { Key, View } from '#commit'
import type { Instant } from '#kernel'
import { account, accountId, accountKey, balanceOf, openAccount, type AccountCode } from '#ledger'

/** Every account a holder needs from the first subscription on. */
const holderCodes: readonly AccountCode[] = ['2040', '2050', 'R201', 'R202', 'R203']

export function holderAccountKeys(customerId: string): Key[] {
  return holderCodes.map((code) => accountKey(accountId(code, customerId)))
}

export function openHolderAccounts(state: View, customerId: string, now: Instant): void {
  for (const code of holderCodes) openAccount(state, { code, owner: customerId }, now)
}

/** Posted balance of an account on its own side; 0 when it was never opened. */
export function postedOn(state: View, id: string): bigint {
  const found = state.get(account, id)
  return found === undefined ? 0n : balanceOf(found).posted
}

/** Units that a customer holds in whatever way, and yuan on their way in: the holding cap's sum. */
export function holdingWithTransit(state: View, customerId: string): bigint {
  return (['R201', 'R202', 'R203', '2040'] as const)
    .map((code) => postedOn(state, accountId(code, customerId)))
    .reduce((sum, units) => sum + units, 0n)
}
