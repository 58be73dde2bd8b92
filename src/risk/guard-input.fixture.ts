import { day, hour, minute, type Instant } from '#kernel'
import type { GuardInput } from './guard-input.ts'

/** A Saturday, 14:00 local. */
export const saturday: Instant = Date.parse('2013-10-12T06:00:00Z')

type Changes = { readonly [K in keyof GuardInput]?: Partial<GuardInput[K]> | null }

/** An ordinary payment of 100.00 by a long-standing customer on his own phone, with changes. */
export function guardInput(changes: Changes = {}, now: Instant = saturday): GuardInput {
  const ordinary: GuardInput = {
    decisionId: 'dec_1',
    step: 'payment',
    subject: 'pay_1',
    parties: {
      holder: '2010:cus_payer',
      payeeHolder: '2010:cus_payee',
      deviceId: 'dev_own',
      network: '203.0.113',
    },
    customer: {
      id: 'cus_payer',
      createdAt: now - 500 * day,
      passwordChangedAt: null,
      lastResetAt: null,
      failedSignIns24h: 0,
      lastActiveAt: now - day,
    },
    device: { addedAt: now - 400 * day, trusted: true, addedBy: 'sign_up' },
    session: { startedAt: now - hour, otherDevice: false },
    proof: 'none',
    sms: { forwarding: 'no', simSwap: 'no', silence: 'no', observedAt: now - minute },
    deviceSignals: { remoteControl: false, callInProgress: false, emulator: false },
    money: { amount: 10_000n, source: 'wallet', walletAvailable: 500_000n, fundUnits: 3_000_000n },
    payee: {
      id: 'cus_payee',
      kind: 'person',
      createdAt: now - 600 * day,
      deviceCustomers: 1,
    },
    bankAccount: null,
  }
  const merged = { ...ordinary } as Record<string, unknown>
  for (const [name, change] of Object.entries(changes)) {
    const before = merged[name]
    const isGroup = typeof before === 'object' && before !== null && change !== null
    merged[name] = isGroup ? { ...before, ...(change as object) } : change
  }
  return merged as unknown as GuardInput
}
