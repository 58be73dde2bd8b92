import type { Command } from '#commit'
import { attemptsKey, countFailure, tooManyAttempts } from '#identity'

/**
 * One more name asked about by a customer, right or wrong; false when there were ten in a quarter
 * of an hour: whoever tries names until one fits must not get through a telephone book.
 */
export const countNameCheck: Command<{ readonly customerId: string }, boolean> = {
  name: 'identity.count-name-check',
  reads: ({ customerId }) => [attemptsKey(nameChecksOf(customerId))],
  apply(state, { customerId }, now) {
    const counted = nameChecksOf(customerId)
    if (tooManyAttempts(state, counted, now)) return false
    countFailure(state, counted, now)
    return true
  },
}

function nameChecksOf(customerId: string): string {
  return `${customerId}/names`
}
