import { openReportOf } from '#guarantee'
import { devicesOf, findCustomer, type CustomerView, type DeviceView } from '#identity'
import { fail, ok, type Instant, type Result } from '#kernel'
import type { Actor, FlowContext, Problem } from './context.ts'
import { smsWarnings, type Warning } from './sms-warnings.ts'

export interface MeView {
  readonly customer: CustomerView
  /** The device that the session is bound to. */
  readonly device: DeviceView
  readonly warnings: readonly Warning[]
  /** Until then this device may not answer challenges; null: it may, or never will by itself. */
  readonly coolOffUntil: Instant | null
  readonly openReportId: string | null
}

/** The signed-in customer. Errors: session_expired (he is gone). */
export function createReadMe(context: Pick<FlowContext, 'sql' | 'now'>) {
  return async (
    actor: Pick<Actor, 'customerId' | 'sessionDeviceId'>,
  ): Promise<Result<MeView, Problem>> => {
    const { sql } = context
    const { customerId, sessionDeviceId } = actor
    const [customer, devices, openReportId] = await Promise.all([
      findCustomer(sql, customerId),
      devicesOf(sql, customerId, context.now()),
      openReportOf(sql, customerId),
    ])
    const device = devices.find(({ deviceId }) => deviceId === sessionDeviceId)
    if (customer === null || device === undefined) return fail({ code: 'session_expired' })
    const warnings = smsWarnings(customer)
    return ok({ customer, device, warnings, coolOffUntil: device.trustedFrom, openReportId })
  }
}

/** His devices, the last one added first. */
export function createReadDevices(context: Pick<FlowContext, 'sql' | 'now'>) {
  return (actor: Pick<Actor, 'customerId'>): Promise<DeviceView[]> =>
    devicesOf(context.sql, actor.customerId, context.now())
}

/** One customer, for the answers to changes of his standing. Errors: customer_not_found. */
export function createReadCustomer(context: Pick<FlowContext, 'sql'>) {
  return async (customerId: string): Promise<Result<CustomerView, Problem>> => {
    const customer = await findCustomer(context.sql, customerId)
    return customer === null ? fail({ code: 'customer_not_found' }) : ok(customer)
  }
}
