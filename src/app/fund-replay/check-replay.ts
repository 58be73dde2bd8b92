import type { FundOrder } from '#fund'
import { required, type LocalDate } from '#kernel'
import { entryLog, postingLog } from '#ledger'
import type { FundRegister } from './fund-register.ts'
import type { ReplayBooks } from './replay-books.ts'

export interface CheckedInvariant {
  readonly id: 'I4' | 'I5' | 'I6' | 'I7'
  readonly ok: boolean
  /** How often it was looked at. */
  readonly checked: number
  /** What was found, at most 20. */
  readonly broken: readonly string[]
}

const mostShown = 20

/** Holds the books against the invariants, from outside, after every event of the fund. */
export function createReplayCheck(books: ReplayBooks, register: FundRegister) {
  const found = new Map<CheckedInvariant['id'], { checked: number; broken: string[] }>(
    (['I4', 'I5', 'I6', 'I7'] as const).map((id) => [id, { checked: 0, broken: [] }]),
  )
  let entriesSeen = 0
  let postingsSeen = 0

  function expect(id: CheckedInvariant['id'], holds: boolean, what: () => string): void {
    const kept = found.get(id)
    if (kept === undefined) return
    kept.checked += 1
    if (!holds && kept.broken.length < mostShown) kept.broken.push(what())
  }

  return {
    /** I4, I5, I6: `open` are the orders that are not over, `today` the local day. */
    async afterEvent(
      name: string,
      open: readonly FundOrder[],
      late: (order: FundOrder) => boolean,
    ) {
      const { balance } = books
      const outstanding = await balance('R100')
      const holdings = (await books.register()).reduce((sum, { units }) => sum + units, 0n)
      expect('I4', outstanding === holdings && outstanding === register.units(), () => {
        return `${name}: R100 ${outstanding}, holdings ${holdings}, fund ${register.units()}`
      })
      const waiting = open.filter(late).map(({ id }) => id)
      expect('I5', waiting.length === 0, () => `${name}: ${waiting.slice(0, 5).join(' ')} wait`)
      const advanced = open
        .filter(({ state }) => state === 'advanced')
        .reduce((sum, { amount }) => sum + amount, 0n)
      const principal = await balance('R204')
      const facility = await balance('2110')
      expect('I6', principal === facility && facility === advanced, () => {
        return `${name}: R204 ${principal}, 2110 ${facility}, unfinished ${advanced}`
      })
    },
    /** I7: what the holders got for a day is what the fund declared. */
    afterIncome(date: LocalDate, declared: bigint, creditedFen: bigint) {
      const entries = books.store.rows(entryLog)
      const ofDay = new Set<bigint>()
      for (; entriesSeen < entries.length; entriesSeen += 1) {
        const { kind, ref, number } = required(entries[entriesSeen], 'entry')
        if (kind === 'fund_income' && ref.startsWith(`${date}/`)) ofDay.add(number)
      }
      const postings = books.store.rows(postingLog)
      let sum = 0n
      for (; postingsSeen < postings.length; postingsSeen += 1) {
        const { entry, account, amount } = required(postings[postingsSeen], 'posting')
        if (ofDay.has(entry) && account.startsWith('R20')) sum -= amount
      }
      expect('I7', sum === declared && creditedFen === declared, () => {
        return `${date}: declared ${declared}, credited ${creditedFen}, rows ${sum}`
      })
    },
    result: (): CheckedInvariant[] =>
      [...found].map(([id, { checked, broken }]) => ({
        id,
        ok: checked > 0 && broken.length === 0,
        checked,
        broken,
      })),
  }
}
