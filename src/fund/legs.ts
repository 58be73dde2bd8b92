import { accountId, type Leg } from '#ledger'

/** What moves whose money: the customer, and fen (= hundredths of a unit). */
export interface LegSubject {
  readonly customerId: string
  readonly amount: bigint
}

/*
 * The entries of the chart of accounts, in one place. Legs are ordered so that every account is
 * funded before it pays. OP, unit register and the fund's mirror each balance on their own.
 */

export function subscriptionLegs({ customerId, amount }: LegSubject): Leg[] {
  return [{ debit: accountId('2010', customerId), credit: accountId('2040', customerId), amount }]
}

export function cutOffLegs(amount: bigint): Leg[] {
  return [{ debit: '1110', credit: '1010', amount }]
}

export function deliveryLegs(amount: bigint): Leg[] {
  return [{ debit: '1120', credit: '1110', amount }]
}

/** Units are issued, the fund has the money and invests it. */
export function subscriptionConfirmedLegs({ customerId, amount }: LegSubject): Leg[] {
  return [
    { debit: accountId('2040', customerId), credit: '1120', amount },
    { debit: 'R100', credit: accountId('R201', customerId), amount },
    { debit: 'F101', credit: 'F300', amount },
    { debit: 'F102', credit: 'F101', amount },
  ]
}

/** The fund sends a rejected day's money back. */
export function subscriptionsReturnedLegs(amount: bigint): Leg[] {
  return [
    { debit: '1110', credit: '1120', amount },
    { debit: '1010', credit: '1110', amount },
  ]
}

export function subscriptionRejectedLegs({ customerId, amount }: LegSubject): Leg[] {
  return [{ debit: accountId('2040', customerId), credit: accountId('2010', customerId), amount }]
}

/**
 * Fast redemption to the wallet: the units become the bank's, its facility pays. To be linked with
 * a payment, its own legs follow these: the wallet is funded by then.
 */
export function fastRedemptionLegs({ customerId, amount }: LegSubject): Leg[] {
  return [
    { debit: accountId('R201', customerId), credit: 'R204', amount },
    { debit: '1210', credit: accountId('2010', customerId), amount },
    { debit: '1010', credit: '2110', amount },
  ]
}

/** The fund pays what the bank advanced, and the bank's own income straight to the bank. */
export function fastSettledLegs(fast: bigint, bankIncome: bigint): Leg[] {
  const paidByFund = fast + bankIncome
  return [
    { debit: 'R204', credit: 'R100', amount: fast },
    { debit: 'R205', credit: 'R100', amount: bankIncome },
    { debit: 'F101', credit: 'F102', amount: paidByFund },
    { debit: 'F300', credit: 'F201', amount: paidByFund },
    { debit: 'F201', credit: 'F101', amount: paidByFund },
    { debit: '1110', credit: '1210', amount: fast },
    { debit: '1010', credit: '1110', amount: fast },
    { debit: '2110', credit: '1010', amount: fast },
  ].filter((leg) => leg.amount > 0n)
}

export function redemptionLegs({ customerId, amount }: LegSubject): Leg[] {
  return [{ debit: accountId('R201', customerId), credit: accountId('R203', customerId), amount }]
}

export function redemptionConfirmedLegs({ customerId, amount }: LegSubject): Leg[] {
  return [
    { debit: accountId('R203', customerId), credit: 'R100', amount },
    { debit: 'F300', credit: 'F201', amount },
    { debit: '1210', credit: accountId('2050', customerId), amount },
  ]
}

export function redemptionRejectedLegs({ customerId, amount }: LegSubject): Leg[] {
  return [{ debit: accountId('R203', customerId), credit: accountId('R201', customerId), amount }]
}

/** The fund sells, pays, and the money arrives in the reserve. */
export function redemptionsArrivedLegs(amount: bigint): Leg[] {
  return [
    { debit: 'F101', credit: 'F102', amount },
    { debit: 'F201', credit: 'F101', amount },
    { debit: '1110', credit: '1210', amount },
    { debit: '1010', credit: '1110', amount },
  ]
}

export function redemptionPaidLegs({ customerId, amount }: LegSubject): Leg[] {
  return [{ debit: accountId('2050', customerId), credit: accountId('2010', customerId), amount }]
}
