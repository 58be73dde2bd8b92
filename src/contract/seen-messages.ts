import { z } from 'zod'

/** Longer ago than any code is watched. */
const seconds = z
  .int()
  .min(0)
  .max(31 * 86_400)

/**
 * What the app on the enrolled phone saw of our texts. Ages instead of instants: a phone's clock is
 * not to be trusted.
 */
export const seenMessages = z
  .strictObject({
    /** SHA-256 of each of our texts in the inbox. */
    hashes: z.array(z.string().regex(/^[0-9a-f]{64}$/)).max(50),
    /** The list is complete for texts of the last so many seconds. */
    complete_seconds: seconds,
    /** On, at home in its network and able to receive without a break so long; null: it is not. */
    receiving_seconds: seconds.nullable(),
    /** The number's SIM is in this phone, working or not. */
    holds_sim: z.boolean(),
  })
  .meta({ id: 'SeenMessages' })
