import { incomeAtPer10k, type Per10k } from '#fund'
import { required, type LocalDate } from '#kernel'

/** What the fund is sent for a dealing day. */
interface Sent {
  readonly subscriptions: bigint
  readonly redemptions: bigint
}

/**
 * The fund manager's own register, kept apart from our books: it knows sums of dealing days and
 * the published figures, no holder. Whatever we book must come to the same (I4, I7).
 */
export function createFundRegister(figures: ReadonlyMap<LocalDate, Per10k>) {
  const sent = new Map<LocalDate, Sent>()
  let units = 0n
  let income = 0n
  return {
    units: () => units,
    income: () => income,
    send: (date: LocalDate, orders: Sent) => void sent.set(date, orders),
    confirm(date: LocalDate) {
      const { subscriptions, redemptions } = required(sent.get(date), `orders of ${date}`)
      units += subscriptions - redemptions
      return { status: 'confirmed', unitsIssued: subscriptions, proceeds: redemptions } as const
    },
    /** D = units x R / 10,000, half-up to the fen. */
    declare(date: LocalDate): { incomeFen: bigint; managerUnits: bigint } {
      const per10k = required(figures.get(date), `figure of ${date}`)
      const managerUnits = units
      const incomeFen = incomeAtPer10k(units, per10k)
      units += incomeFen
      income += incomeFen
      return { incomeFen, managerUnits }
    },
  }
}

export type FundRegister = ReturnType<typeof createFundRegister>
