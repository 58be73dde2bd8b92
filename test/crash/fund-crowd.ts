import { freshKeyOf, type Command } from '#commit'
import type { Database } from '#database'
import { fundOrder, placeSubscription, subscriptionKeys } from '#fund'
import { systemClock } from '#kernel'
import { accountId, accountKey, openAccount, post } from '#ledger'
import { createSimulators } from '#partners'
import { onOwnLane } from './own-lane.ts'

/** A holder who only earns: nobody signs in for him. */
export interface Holder {
  readonly customerId: string
  /** Fen in the fund. */
  readonly amount: bigint
}

/** Sums that leave fractions of a fen everywhere. */
export function crowdOf(people: number): Holder[] {
  return Array.from({ length: people }, (_, index) => ({
    customerId: `cus_crowd${String(index).padStart(5, '0')}`,
    amount: 137_03n + BigInt(index * 61),
  }))
}

/** Brings each one's money in and subscribes all of it. */
const subscribeAll: Command<readonly Holder[], null> = {
  name: 'test.subscribe_all',
  reads: (holders) => [
    accountKey('1010'),
    ...holders.flatMap((holder) => [
      freshKeyOf(fundOrder, orderOf(holder)),
      ...subscriptionKeys({ ...holder, orderId: orderOf(holder) }),
    ]),
  ],
  apply(state, holders, now) {
    for (const holder of holders) {
      const { customerId, amount } = holder
      openAccount(state, { code: '2010', owner: customerId }, now)
      const legs = [{ debit: '1010', credit: accountId('2010', customerId), amount }]
      const paidIn = post(state, { kind: 'top_up', ref: orderOf(holder), legs }, now)
      const placed = placeSubscription(state, { ...holder, orderId: orderOf(holder) }, now)
      if (!paidIn.ok || !placed.ok) throw new Error(`${customerId} has no place in the crowd`)
    }
    return null
  },
}

function orderOf({ customerId }: Holder): string {
  return customerId.replace('cus_', 'ord_')
}

/** Their money is at the bank, too. */
export async function gather(database: Database, holders: readonly Holder[]): Promise<void> {
  const sum = holders.reduce((total, { amount }) => total + amount, 0n)
  const sql = database.connect('simulator', { max: 1 })
  try {
    const { bank } = await createSimulators({ sql, clock: systemClock, seed: 1 })
    const number = '6222009999999999'
    await bank.openAccount({ number, holder: 'Li Na', balance: sum })
    const collected = await bank.collect({ reference: 'crowd', accountNumber: number, amount: sum })
    if (!collected.ok) throw new Error(collected.error)
  } finally {
    await sql.end()
  }
  await onOwnLane(database, async (run) => {
    for (let at = 0; at < holders.length; at += 100) {
      await run(subscribeAll, holders.slice(at, at + 100))
    }
  })
}
