import type { Sql } from '#database'
import { creditedIncome, fundPosition, transferReference, unbookedDays } from '#fund'
import { awaitedClaims, insurerAccount } from '#guarantee'
import type { AccountCode, TrialBalance } from '#ledger'
import { readOutsideBalances, readOutsideMovements } from '#partners'
import { moneyUnderWay } from '#wallet'
import { codeBalance } from './verify-money.ts'

/** A partner's own balance and ours, in fen (`fund:units`: hundredths of a unit). */
export interface OutsideComparison {
  readonly partner: string
  readonly ours: bigint
  readonly theirs: bigint
}

/**
 * Something that one side may have booked and the other not yet, known by its reference outside.
 * `toAdd` answers what our balance lacks, from what the outside account shows under the reference.
 */
interface Transit {
  readonly partner: string
  readonly reference: string
  toAdd(moved: bigint | undefined): bigint
}

/**
 * Our balances as the partners should have them at this very moment: what is in transit is counted
 * only where the other side has (or lacks) exactly that reference, so a balance is equal to the
 * fen while a server runs, and a movement that our books cannot explain is never explained away.
 * Empty when no simulator has run on this database.
 */
export async function compareOutside(sql: Sql, books: TrialBalance): Promise<OutsideComparison[]> {
  const theirs = await readOutsideBalances(sql)
  if (theirs.length === 0) return []
  const ours = await ownBalances(sql, books)
  const transits = await readTransits(sql)
  const compared: OutsideComparison[] = []
  for (const { partner, amount } of theirs) {
    const booked = ours.get(partner)
    if (booked === undefined) continue
    const under = transits.filter((transit) => transit.partner === partner)
    const lacking = await lackingIn(sql, { partner, under })
    compared.push({ partner, ours: booked + lacking, theirs: amount })
  }
  return [...compared, ...(await compareInsurer(sql, theirs))]
}

async function ownBalances(sql: Sql, books: TrialBalance): Promise<Map<string, bigint>> {
  const of = (...codes: AccountCode[]) => codeBalance(books, codes)
  const { bankIncomePaid } = await fundPosition(sql)
  return new Map([
    ['bank:reserve', of('1010')],
    ['bank:settlement', of('1110')],
    ['bank:operator', of('1410')],
    ['bank:custodian', of('1120', 'F101', 'F102')],
    // Below zero is drawn; what the fund paid the bank for its units stays with it.
    ['bank:facility', bankIncomePaid - of('2110')],
    ['fund:units', of('R100')],
  ])
}

/** Sums up what our books lack of one outside account; reads its movements only if need be. */
async function lackingIn(
  sql: Sql,
  { partner, under }: { partner: string; under: readonly Transit[] },
): Promise<bigint> {
  const hasIncome = partner === 'bank:custodian' || partner === 'fund:units'
  if (under.length === 0 && !hasIncome) return 0n
  const movements = await readOutsideMovements(sql, partner)
  const moved = new Map(movements.map(({ reference, amount }) => [reference, amount]))
  const known = under.reduce((sum, each) => sum + each.toAdd(moved.get(each.reference)), 0n)
  return hasIncome ? known + (await undeclaredIncome(sql, moved)) : known
}

/** Days that the manager has declared and that we have not been told of yet. */
async function undeclaredIncome(sql: Sql, moved: ReadonlyMap<string, bigint>): Promise<bigint> {
  const last = (await creditedIncome(sql)).at(-1)?.date ?? ''
  return [...moved]
    .filter(([reference]) => reference.startsWith('income:') && reference.slice(7) > last)
    .reduce((sum, [, amount]) => sum + amount, 0n)
}

/** Moved outside, not booked: it is to be added. */
function awaited(partner: string, reference: string, amount: bigint): Transit {
  return { partner, reference, toAdd: (moved) => (moved === undefined ? 0n : amount) }
}

/** Booked, and not moved outside yet: it is to be taken off. */
function due(partner: string, reference: string, amount: bigint): Transit {
  return { partner, reference, toAdd: (moved) => (moved === undefined ? -amount : 0n) }
}

async function readTransits(sql: Sql): Promise<Transit[]> {
  return [
    ...(await walletTransits(sql)),
    ...(await fundTransits(sql)),
    ...(await guaranteeTransits(sql)),
  ]
}

async function walletTransits(sql: Sql): Promise<Transit[]> {
  const { topUps, withdrawals } = await moneyUnderWay(sql)
  return [
    ...topUps.map(({ id, amount }) => awaited('bank:reserve', id, amount)),
    ...withdrawals.flatMap(({ id, amount }) => [
      awaited('bank:reserve', id, -amount),
      awaited('bank:reserve', `${id}/return`, amount),
    ]),
  ]
}

async function fundTransits(sql: Sql): Promise<Transit[]> {
  const { transfersDue } = await fundPosition(sql)
  const days = await unbookedDays(sql)
  const income = (await creditedIncome(sql)).filter(({ state }) => state !== 'credited')
  return [
    ...transfersDue.flatMap((transfer) => {
      const { fromAccount, toAccount, amount } = transfer
      const reference = transferReference(transfer)
      return [
        due(`bank:${fromAccount}`, reference, -amount),
        due(`bank:${toAccount}`, reference, amount),
      ]
    }),
    ...days.map(({ date, units }) => awaited('fund:units', `dealing-day:${date}`, units)),
    ...income.flatMap(({ date, declared, credited }) => [
      awaited('fund:units', `income:${date}`, declared - credited),
      awaited('bank:custodian', `income:${date}`, declared - credited),
    ]),
  ]
}

async function guaranteeTransits(sql: Sql): Promise<Transit[]> {
  const claims = await awaitedClaims(sql)
  const { premiumsOwed } = await insurerAccount(sql)
  return [
    ...claims.flatMap(({ insurerId, owed }) => {
      // The insurer may pay less than was accepted: then the rest comes from our own cash.
      const part = (moved: bigint | undefined) => (isPart(moved, owed) ? moved : 0n)
      const own = { reference: `${insurerId}:own`, toAdd: part }
      return [
        { partner: 'bank:reserve', reference: `remittance:${insurerId}`, toAdd: part },
        { partner: 'bank:reserve', ...own },
        { partner: 'bank:operator', ...own },
      ]
    }),
    ...premiumsOwed.map(({ id, amount }) => awaited('bank:operator', `premium:${id}`, -amount)),
  ]
}

function isPart(moved: bigint | undefined, owed: bigint): moved is bigint {
  return moved !== undefined && moved <= owed && moved >= -owed
}

/**
 * The insurer's totals have no references to look up: what is under way (paid by his bank, noticed
 * to him) is counted in its order as far as he has counted it.
 */
async function compareInsurer(
  sql: Sql,
  theirs: readonly { partner: string; amount: bigint }[],
): Promise<OutsideComparison[]> {
  const { paidByInsurer, premiumsPaid, premiumsOwed } = await insurerAccount(sql)
  const claims = new Set((await awaitedClaims(sql)).map((each) => `remittance:${each.insurerId}`))
  const remitted =
    claims.size === 0
      ? []
      : (await readOutsideMovements(sql, 'bank:reserve'))
          .filter(({ reference }) => claims.has(reference))
          .map(({ amount }) => amount)
  const owed = premiumsOwed.map(({ amount }) => amount)
  return theirs.flatMap(({ partner, amount }) => {
    if (partner === 'insurer:paid') {
      return [{ partner, ours: asFarAs(amount, paidByInsurer, remitted), theirs: amount }]
    }
    if (partner !== 'insurer:premium') return []
    return [{ partner, ours: asFarAs(amount, premiumsPaid, owed), theirs: amount }]
  })
}

function asFarAs(theirs: bigint, booked: bigint, underWay: readonly bigint[]): bigint {
  let sum = booked
  for (const amount of underWay) {
    if (sum === theirs) return sum
    sum += amount
  }
  return sum === theirs ? sum : booked
}
