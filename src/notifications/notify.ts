import type { View } from '#commit'
import type { Instant } from '#kernel'
import { noticeLog, type Channel } from './notice.ts'
import type { TemplateName } from './templates.ts'

/** Where a thief who holds the phone number does not read: everywhere but SMS. */
export const cleanChannels: readonly Channel[] = ['app', 'email']

/**
 * Tells a customer something, in the same command as what it is about: if that commits, so does the
 * notice. Needs no key. Phone numbers that slip into a parameter are cut short.
 */
export function notify(
  state: View,
  told: {
    customerId: string
    channels: readonly Channel[]
    template: TemplateName
    params?: Readonly<Record<string, string>>
  },
  now: Instant,
): void {
  const { customerId, template } = told
  const params = withoutPhones(told.params ?? {})
  for (const channel of told.channels) {
    const id = `not_${state.nextNumber()}`
    state.append(noticeLog, { id, customerId, channel, template, params, at: now })
  }
}

function withoutPhones(params: Readonly<Record<string, string>>): Record<string, string> {
  const clean = Object.entries(params).map(([name, value]) => {
    const cut = value.replace(/\+\d{8,}/g, (phone) => `${phone.slice(0, 4)}****${phone.slice(-4)}`)
    return [name, cut] as const
  })
  return Object.fromEntries(clean)
}
