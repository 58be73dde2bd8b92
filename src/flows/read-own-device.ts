import { customerIdByPhone, devicesOf } from '#identity'
import { fail, ok, type Result } from '#kernel'
import type { FlowContext, Problem } from './context.ts'

/** The device in a simulated person's hand. */
export interface OwnDevice {
  readonly deviceId: string
  readonly name: string
}

/**
 * For visitors of a simulation, who may act on a seeded person's own phone: elsewhere a device id
 * is told to nobody. null: no customer has this number, or he trusts no device.
 * Errors: simulation_off.
 */
export function createReadOwnDevice(context: Pick<FlowContext, 'sql' | 'now' | 'testClock'>) {
  return async (phone: string): Promise<Result<OwnDevice | null, Problem>> => {
    if (!context.testClock) return fail({ code: 'simulation_off' })
    const customerId = await customerIdByPhone(context.sql, phone)
    if (customerId === null) return ok(null)
    const devices = await devicesOf(context.sql, customerId, context.now())
    // The last one added comes first: the one he has trusted longest is the last.
    return ok(devices.findLast(({ trusted }) => trusted) ?? null)
  }
}
