import { worse, type CarrierObservation, type Signal } from '#identity'
import type { CarrierAnswer } from '#partners'
import type { FlowContext } from './context.ts'

/** A SIM or device changed within the last week counts as changed. */
const swapMaxAgeHours = 168

/**
 * Asks the carrier what has happened to a number, before a command that wants to know. Never
 * fails: the port is time-boxed, and what a silent carrier did not say is unknown. null: there is
 * no carrier.
 */
export async function observeCarrier(
  context: Pick<FlowContext, 'partners' | 'now'>,
  phone: string,
): Promise<CarrierObservation | null> {
  const { carrier } = context.partners
  if (carrier === undefined) return null
  const age = { phone, maxAgeHours: swapMaxAgeHours }
  const [forwarding, sim, device] = await Promise.all([
    carrier.callForwarding({ phone }),
    carrier.checkSimSwap(age),
    carrier.checkDeviceSwap(age),
  ])
  const simSwap = worse(signalOf(sim), signalOf(device))
  const at = Math.min(context.now(), ...[forwarding, sim, device].map(saidAt))
  return { forwarding: signalOf(forwarding), simSwap, at }
}

/** An answer said a while ago is as old as it is; any other is of this moment. */
function saidAt(answer: CarrierAnswer<boolean>): number {
  return 'unknown' in answer ? Number.POSITIVE_INFINITY : (answer.at ?? Number.POSITIVE_INFINITY)
}

function signalOf(answer: CarrierAnswer<boolean>): Signal {
  if ('unknown' in answer) return 'unknown'
  return answer.value ? 'yes' : 'no'
}
