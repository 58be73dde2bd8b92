import { verifyReviews } from '#cases'
import type { Sql } from '#database'
import { verifyEndings, verifyWholeness } from '#guarantee'
import { holdsAfter, verifyHolds, type Hold } from '#ledger'
import { paymentStates, type PaymentState } from '#wallet'
import type { Check, Found } from './verify-result.ts'

/** What a payment is while its hold is in a state. */
const paymentOf: Record<Hold['state'], readonly PaymentState[]> = {
  pending: ['challenged', 'held'],
  posted: ['posted', 'recalled'],
  voided: ['voided', 'denied'],
  expired: ['voided', 'denied'],
}

const pageSize = 2_000

/** I9 and I11: holds, reviews, recalls and claims end once, and victims are whole. */
export const endChecks: readonly Check[] = [
  { id: 'I9', find: verifyEnds },
  { id: 'I11', find: verifyWholeness },
]

async function verifyEnds(sql: Sql): Promise<Found> {
  const holds = await verifyHolds(sql)
  const payments = await verifyHeldPayments(sql)
  const reviews = await verifyReviews(sql)
  const endings = await verifyEndings(sql)
  return {
    checked: holds.checked + reviews.checked + endings.checked,
    broken: [
      ...holds.broken,
      ...payments,
      ...reviews.broken.map((id) => `review ${id}`),
      ...endings.broken.map((id) => `recall or claim ${id}`),
    ],
  }
}

/** A payment and its hold say the same: no hold of a dead payment, no payment without its end. */
async function verifyHeldPayments(sql: Sql): Promise<string[]> {
  const broken: string[] = []
  for (let after = ''; ;) {
    const holds = await holdsAfter(sql, { after, limit: pageSize })
    const last = holds.at(-1)
    if (last === undefined) return broken
    after = last.id
    const payments = holds.filter(({ kind }) => kind === 'transfer')
    const states = await paymentStates(
      sql,
      payments.map(({ ref }) => ref),
    )
    for (const { id, ref, state } of payments) {
      const present = states.get(ref)
      if (present !== undefined && paymentOf[state].includes(present)) continue
      broken.push(`hold ${id} is ${state}, payment ${ref} is ${present ?? 'unknown'}`)
    }
  }
}
