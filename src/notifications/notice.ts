import { defineLog } from '#commit'
import type { Instant } from '#kernel'

export const channels = ['app', 'email', 'sms'] as const
export type Channel = (typeof channels)[number]

/** Something a customer was told. Never holds a code or a whole phone number. */
export interface Notice {
  readonly id: string
  readonly customerId: string
  readonly channel: Channel
  readonly template: string
  readonly params: Readonly<Record<string, string>>
  readonly at: Instant
}

export const noticeLog = defineLog<Notice>({
  name: 'notifications.notice',
  fields: {
    id: 'text',
    customerId: 'text',
    channel: 'text',
    template: 'text',
    params: 'json',
    at: 'instant',
  },
})
