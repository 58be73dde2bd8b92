import { ok, sha256Hex, type Result } from '#kernel'
import type { CarrierEvent } from '#partners'
import type { FlowContext, Problem } from './context.ts'
import { createReceiveSmsSignal } from './receive-sms-signal.ts'

/** Says nothing of whether the number is a customer's. */
type Taken = { readonly status: 'taken' }

/**
 * Takes the carrier's news of a number, however it arrives; the same event (source and id) is
 * taken once, whatever it says the second time.
 * Errors: unavailable: not taken, to be told again.
 */
export function createReceiveCarrierEvent(context: FlowContext) {
  const receive = createReceiveSmsSignal(context)
  return async ({ source, id, ...news }: CarrierEvent): Promise<Result<Taken, Problem>> => {
    const reference = sha256Hex(JSON.stringify([source, id]))
    const received = await receive({ ...news, reference })
    if (!received.ok && received.error.code !== 'id_reused') return received
    return ok({ status: 'taken' })
  }
}
