import { z } from 'zod'
import { phone, time } from './scalars.ts'

/** News of a number. CAMARA has a subscription for SIM swaps; for forwarding we named our own. */
export const carrierNewsTypes = {
  simSwapped: 'org.camaraproject.sim-swap-subscriptions.v0.swapped',
  forwardingOn: 'coffer.call-forwarding-subscriptions.v0.activated',
  forwardingOff: 'coffer.call-forwarding-subscriptions.v0.deactivated',
} as const

/** What CAMARA says of the subscription itself: taken, and nothing follows from it. */
const subscriptionTypes = [
  'org.camaraproject.sim-swap-subscriptions.v0.subscription-started',
  'org.camaraproject.sim-swap-subscriptions.v0.subscription-updated',
  'org.camaraproject.sim-swap-subscriptions.v0.subscription-ends',
  'org.camaraproject.sim-swap-subscriptions.v0.subscription-ended',
] as const

/** CloudEvents 1.0. Not strict: others may add attributes, and their field names are not ours. */
const cloudEvent = {
  /** With `source` it names the event for ever. */
  id: z.string().min(1).max(255),
  source: z.string().min(1).max(2_048),
  specversion: z.literal('1.0'),
  time,
  datacontenttype: z.literal('application/json').optional(),
}

export const carrierEvent = z
  .discriminatedUnion('type', [
    z.object({
      ...cloudEvent,
      type: z.enum(carrierNewsTypes),
      data: z.object({ phoneNumber: phone }),
    }),
    z.object({ ...cloudEvent, type: z.enum(subscriptionTypes) }),
  ])
  .meta({ id: 'CarrierEvent', description: 'CloudEvents 1.0, as CAMARA’s subscriptions send them' })

/** A carrier's event: checked, or ready to be sent. */
export type CarrierEventBody = z.infer<typeof carrierEvent>

/** The same whether the number is a customer's or not. */
export const carrierEventTaken = z.object({ accepted: z.literal(true) })
