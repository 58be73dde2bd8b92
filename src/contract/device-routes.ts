import type { Route } from './route.ts'
import { done } from './scalars.ts'
import { seenMessages } from './seen-messages.ts'

/** What the app on a customer's phone tells without being asked. */
export const deviceRoutes = {
  reportSeenMessages: {
    auth: 'customer',
    idempotent: true,
    method: 'POST',
    path: '/v1/devices/seen-messages',
    tag: 'Safety',
    summary: 'The app on the enrolled phone tells which of our texts it has seen',
    body: seenMessages,
    status: 202,
    answer: done,
    errors: [],
  },
} as const satisfies Record<string, Route>
