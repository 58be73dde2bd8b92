import { z } from 'zod'
import { signInAnswer } from './identity.ts'
import {
  addPasskeyRequest,
  confirmPaymentRequest,
  passkey,
  passkeyCreation,
  passkeyParams,
  passkeyRequest,
  passkeySignInRequest,
  removePasskeyRequest,
} from './passkey.ts'
import type { Route } from './route.ts'
import { done, idParams } from './scalars.ts'
import { payment } from './wallet.ts'

const open = { auth: 'none', idempotent: false, method: 'POST', tag: 'Identity' } as const
const read = { auth: 'customer', idempotent: false, method: 'GET', status: 200 } as const
const act = { auth: 'customer', idempotent: true, method: 'POST' } as const
const empty = z.strictObject({})
/** Refusals of whatever asks for the password again. */
const again = [
  'device_not_trusted',
  'credentials_wrong',
  'too_many_tries',
  'customer_frozen',
] as const

/** Signing in by passkey. */
export const openProofRoutes = {
  beginPasskeySignIn: {
    ...open,
    path: '/v1/passkey-sign-in/options',
    summary: 'A challenge for a sign-in by passkey; the same for everybody',
    body: empty,
    status: 200,
    answer: passkeyRequest,
    errors: [],
  },
  signInWithPasskey: {
    ...open,
    path: '/v1/passkey-sign-in',
    summary: 'Sign in by passkey',
    body: passkeySignInRequest,
    status: 200,
    answer: signInAnswer,
    errors: ['passkey_wrong', 'challenge_not_found', 'challenge_expired'],
  },
} as const satisfies Record<string, Route>

/** Passkeys of a signed-in customer, and what they confirm. */
export const customerProofRoutes = {
  listPasskeys: {
    ...read,
    path: '/v1/passkeys',
    tag: 'Safety',
    summary: 'Passkeys of the customer',
    answer: z.object({ data: z.array(passkey) }),
    errors: [],
  },
  beginPasskey: {
    ...act,
    path: '/v1/passkeys/options',
    tag: 'Safety',
    summary: 'A challenge for a new passkey',
    body: empty,
    status: 200,
    answer: passkeyCreation,
    errors: ['too_many_passkeys'],
  },
  addPasskey: {
    ...act,
    path: '/v1/passkeys',
    tag: 'Safety',
    summary: 'Add a passkey, from a trusted device, with the password',
    body: addPasskeyRequest,
    status: 201,
    answer: passkey,
    errors: [
      ...again,
      'passkey_wrong',
      'passkey_taken',
      'too_many_passkeys',
      'challenge_not_found',
      'challenge_expired',
    ],
  },
  removePasskey: {
    ...act,
    path: '/v1/passkeys/:id/remove',
    tag: 'Safety',
    summary: 'Take a passkey away, from a trusted device, with the password',
    params: passkeyParams,
    body: removePasskeyRequest,
    status: 200,
    answer: done,
    errors: [...again, 'passkey_not_found'],
  },
  beginConfirmation: {
    ...act,
    path: '/v1/payments/:id/confirmation',
    tag: 'Payments',
    summary: 'A challenge for a passkey, bound to payment, amount and payee',
    params: idParams,
    body: empty,
    status: 200,
    answer: passkeyRequest,
    errors: ['payment_not_found', 'payment_not_open', 'passkey_not_found'],
  },
  confirmPayment: {
    ...act,
    path: '/v1/payments/:id/confirm',
    tag: 'Payments',
    summary: 'Answer a challenge by a passkey',
    params: idParams,
    body: confirmPaymentRequest,
    status: 200,
    answer: payment,
    errors: [
      'payment_not_found',
      'payment_not_open',
      'challenge_not_found',
      'challenge_expired',
      'passkey_wrong',
      'customer_frozen',
    ],
  },
} as const satisfies Record<string, Route>
