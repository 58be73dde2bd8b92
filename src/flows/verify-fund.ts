import type { Sql } from '#database'
import {
  creditedIncome,
  fundPosition,
  incomeBreaks,
  verifyConfirmations,
  waitingOrders,
} from '#fund'
import { localDateOf } from '#kernel'
import { incomeIssued, lastEntryAt, type AccountCode, type TrialBalance } from '#ledger'
import { formatAmount } from '#money'
import { moneyUnderWay } from '#wallet'
import { codeBalance, countAccounts } from './verify-money.ts'
import type { OutsideComparison } from './verify-outside.ts'
import type { Check, Found } from './verify-result.ts'

const holdings = ['R201', 'R202', 'R203', 'R204', 'R205'] as const satisfies AccountCode[]

interface Seen {
  readonly books: TrialBalance
  readonly external: readonly OutsideComparison[]
}

/** I4 to I7: units, orders, advances and income, in the ledger, the fund's rows and outside. */
export function fundChecks(seen: Seen): Check[] {
  return [
    { id: 'I4', find: async () => verifyUnits(seen) },
    { id: 'I5', find: (sql) => verifyWaiting(sql, seen.books) },
    { id: 'I6', find: (sql) => verifyAdvances(sql, seen.books) },
    { id: 'I7', find: verifyIncome },
  ]
}

function verifyUnits({ books, external }: Seen): Found {
  const outstanding = codeBalance(books, ['R100'])
  const register = external.find(({ partner }) => partner === 'fund:units')
  const broken = [
    ...differs('units outstanding R100', outstanding, {
      'sum of holdings': codeBalance(books, holdings),
      'the fund’s unit equity F300': codeBalance(books, ['F300']),
    }),
    ...(register === undefined
      ? []
      : differs('our units with those under way', register.ours, {
          'the fund manager’s register': register.theirs,
        })),
  ]
  const note = register === undefined ? 'no fund manager’s register to compare with' : undefined
  return { checked: countAccounts(books, holdings), broken, note }
}

/** Late orders, and money set aside for orders or withdrawals that no order stands for. */
async function verifyWaiting(sql: Sql, books: TrialBalance): Promise<Found> {
  const at = await lastEntryAt(sql)
  const { checked, broken } = await verifyConfirmations(sql, localDateOf(at ?? 0))
  const waiting = await waitingOrders(sql)
  const { withdrawals } = await moneyUnderWay(sql)
  const leaving = withdrawals.reduce((sum, { amount }) => sum + amount, 0n)
  return {
    checked,
    broken: [
      ...broken.map((id) => `order ${id} waits past its day`),
      ...differs('2040', codeBalance(books, ['2040']), { subscriptions: waiting.subscriptions }),
      ...differs('R203', codeBalance(books, ['R203']), { redemptions: waiting.redemptions }),
      ...differs('2050', codeBalance(books, ['2050']), {
        'redemptions to pay': waiting.redemptionsToPay,
      }),
      ...differs('2060', codeBalance(books, ['2060']), { 'withdrawals under way': leaving }),
    ],
  }
}

async function verifyAdvances(sql: Sql, books: TrialBalance): Promise<Found> {
  const { unfinishedFast } = await fundPosition(sql)
  const { fastUnfinished } = await waitingOrders(sql)
  return {
    checked: fastUnfinished,
    broken: differs('the bank’s advance 2110', codeBalance(books, ['2110']), {
      'units of the bank R204': codeBalance(books, ['R204']),
      'unfinished fast redemptions': unfinishedFast,
    }),
  }
}

async function verifyIncome(sql: Sql): Promise<Found> {
  const { checked, broken } = await incomeBreaks(sql)
  const issued = new Map((await incomeIssued(sql)).map(({ date, units }) => [date, units]))
  const days = await creditedIncome(sql)
  const unlike = days.flatMap(({ date, credited }) => {
    const units = issued.get(date) ?? 0n
    issued.delete(date)
    return differs(`${date}: units issued`, units, { 'income credited': credited })
  })
  return {
    checked: Number(checked),
    broken: [
      ...broken.map(
        ({ date, declared, credited }) =>
          `${date}: ${formatAmount(credited)} credited of ${formatAmount(declared)}`,
      ),
      ...unlike,
      ...[...issued.keys()].map((date) => `${date}: units issued for a day never declared`),
    ],
  }
}

function differs(what: string, amount: bigint, others: Record<string, bigint>): string[] {
  return Object.entries(others)
    .filter(([, other]) => other !== amount)
    .map(([name, other]) => `${what} ${formatAmount(amount)}, ${name} ${formatAmount(other)}`)
}
