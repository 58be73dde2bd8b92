import {
  chunkSize,
  creditIncome,
  declareIncome,
  holderUnits,
  shareIncome,
  sharesOf,
  type FundDayRecord,
} from '#fund'
import { invariant, type LocalDate } from '#kernel'
import type { ReplayBooks } from './replay-books.ts'

/** Declares, shares out and credits a day's income to the units held at its end. */
export async function replayIncome(
  books: ReplayBooks,
  day: {
    date: LocalDate
    incomeFen: bigint
    managerUnits: bigint
    register: Awaited<ReturnType<ReplayBooks['register']>>
  },
): Promise<FundDayRecord> {
  const { date, incomeFen, managerUnits, register } = day
  await books.run(declareIncome, { date, incomeFen, managerUnits })
  // In memory a loss never takes from an order: all that is to be redeemed stands aside.
  const leaving = register.flatMap(({ code, owner, units }) =>
    code === 'R203' && owner !== null ? [{ customerId: owner, units }] : [],
  )
  const holders = holderUnits(register, [], leaving)
  const shared = incomeFen === 0n ? { ok: true as const, value: [] } : sharesOf(incomeFen, holders)
  invariant(shared.ok, `somebody earns on ${date}`)
  const shares = shared.value
  let after = await books.run(shareIncome, {
    date,
    units: holders.reduce((sum, { units }) => sum + units, 0n),
    holders: holders.length,
    yield7d: null,
    shares: shares.length,
    first: shares.slice(0, chunkSize),
  })
  for (let chunk = 1; chunk * chunkSize < shares.length; chunk += 1) {
    const part = shares.slice(chunk * chunkSize, (chunk + 1) * chunkSize)
    after = await books.run(creditIncome, { date, chunk, shares: part })
  }
  return after
}
