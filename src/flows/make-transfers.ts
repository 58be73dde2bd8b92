import { dueTransfers, recordTransfer, transferReference, type FundTransfer } from '#fund'
import { fail, ok, type Result } from '#kernel'
import { isPassing } from '#partners'
import type { FlowContext, Problem } from './context.ts'
import { submit } from './submit.ts'

/**
 * Has the bank move what the fund's books have moved already, in the order in which it became due.
 * Stops at the first transfer that does not go through; the rest waits for the next call. Safe to
 * repeat and to run twice at once: the bank knows each transfer by its reference.
 * Errors: partner_not_configured, partner_unavailable, partner_refused, unavailable.
 */
export function createMakeTransfers(
  context: Pick<FlowContext, 'lane' | 'sql' | 'partners' | 'log'>,
): () => Promise<Result<{ moved: number }, Problem>> {
  return async () => {
    let moved = 0
    for (;;) {
      const due = await dueTransfers(context.sql, 100)
      if (due.length === 0) return ok({ moved })
      for (const transfer of due) {
        const made = await makeTransfer(context, transfer)
        if (!made.ok) return made
        moved += 1
      }
    }
  }
}

async function makeTransfer(
  context: Pick<FlowContext, 'lane' | 'partners' | 'log'>,
  transfer: FundTransfer,
): Promise<Result<void, Problem>> {
  const { bank } = context.partners
  if (bank === undefined) return fail({ code: 'partner_not_configured', param: 'bank' })
  const { id, attempt, fromAccount: from, toAccount: to, amount } = transfer
  const answer = await bank.move({ reference: transferReference(transfer), from, to, amount })
  const outcome = answer.ok && answer.value.status !== 'refused' ? 'moved' : 'refused'
  if (!answer.ok && isPassing(answer.error)) {
    context.log.warn({ transfer: id, error: answer.error }, 'bank silent, transfer waits')
    return fail({ code: 'partner_unavailable', param: 'bank', detail: answer.error })
  }
  // Each attempt has one outcome; a refused one is asked again under a new reference.
  const recorded = await submit(context, recordTransfer, {
    owner: 'fund',
    id: `transfer:${id}/${attempt}`,
    input: { id, attempt, outcome },
  })
  if (!recorded.ok) return recorded
  if (outcome === 'moved') return ok(undefined)
  const detail = answer.ok ? (answer.value.refusal ?? 'refused') : answer.error
  context.log.warn({ transfer: id, attempt, error: detail }, 'bank refused a transfer')
  return fail({ code: 'partner_refused', param: 'bank', detail })
}
