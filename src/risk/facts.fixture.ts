import { day, minute } from '#kernel'
import { saturday, guardInput } from './guard-input.fixture.ts'
import { gatherFacts } from './gather-facts.ts'
import type { Facts } from './facts.ts'

/** Facts of an ordinary payment to a payee known for long, with changes. */
export function factsWith(changes: Partial<Facts> = {}): Facts {
  const none = { holder: null, payee: null, device: null, network: null }
  const known: Partial<Facts> = {
    newPayee: false,
    paymentsToPayee: 12,
    newPayees24h: 0,
    newPayeeSum24h: 0,
    paymentsEver: 150,
    payments30d: 20,
    largestPayment: 500_000,
    timesLargest: 2,
    networkAge: (300 * day) / minute,
    deviceCustomers: 1,
    networkCustomers: 3,
  }
  return { ...gatherFacts(guardInput(), none, saturday), ...known, ...changes }
}
