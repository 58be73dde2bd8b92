import { z } from 'zod'
import { phone, time } from './scalars.ts'

export const phoneParams = z.strictObject({ phone })

/** What the simulated carrier has delivered, and to which phone. */
export const simulatedPhone = z
  .object({
    phone: z.string(),
    /** Where its messages go instead; null when they arrive. */
    forwarding_to: z.string().nullable(),
    sim_swapped_at: time.nullable(),
    /** The device its owner trusts, for visitors who act in his place; null: there is none. */
    own_device: z.object({ id: z.string(), name: z.string() }).nullable(),
    messages: z.array(
      z.object({
        id: z.string(),
        at: time,
        /** The number it was sent to; another one when it was forwarded here. */
        sent_to: z.string(),
        text: z.string(),
      }),
    ),
  })
  .meta({ id: 'SimulatedPhone' })

/** `held_by`: whose phone the new SIM is in; its messages are found there. */
export const simSwapRequest = z.strictObject({ held_by: phone.optional() })

export const forwardingRequest = z.strictObject({ to: phone.nullable() })

export const operatorLoginParams = z.strictObject({ login: z.string().trim().min(1).max(80) })

/** What the app of a simulated operator shows; null when he has none, or each code was used. */
export const simulatedApp = z.object({ code: z.string().nullable() }).meta({ id: 'SimulatedApp' })

export type SimulatedPhone = z.infer<typeof simulatedPhone>
