import { carrierEvent, carrierEventTaken } from './carrier-event.ts'
import type { Route } from './route.ts'

/** Where partners bring their news. */
export const partnerRoutes = {
  receiveCarrierEvent: {
    auth: 'partner',
    partner: 'carrier',
    idempotent: false,
    method: 'POST',
    path: '/v1/partners/carrier/events',
    tag: 'Partners',
    summary: 'News of a number from the carrier; the same event twice is told once',
    body: carrierEvent,
    status: 202,
    answer: carrierEventTaken,
    errors: ['partner_token_wrong', 'partner_not_configured', 'phone_malformed'],
  },
} as const satisfies Record<string, Route>
