import { z } from 'zod'
import { operatorActions } from './operator-actions.ts'
import { operatorCodeRequest, operatorMe } from './operator.ts'
import {
  addOperatorPasskeyRequest,
  operatorPasskeySignInRequest,
  passkeyCreation,
  passkeyRequest,
  totpMade,
} from './passkey.ts'
import type { Route } from './route.ts'

const open = { auth: 'none', idempotent: false, method: 'POST', status: 200 } as const
const enrol = { ...open, auth: 'operator', enrolment: true, tag: 'Operators' } as const
const empty = z.strictObject({})

/** How operators prove who they are beside a password, or without one. */
export const operatorFactorRoutes = {
  beginOperatorPasskeySignIn: {
    ...open,
    path: '/v1/operator/passkey-sign-in/options',
    tag: 'Operators',
    summary: 'A challenge for an operator’s sign-in by passkey; the same for everybody',
    body: empty,
    answer: passkeyRequest,
    errors: [],
  },
  operatorPasskeySignIn: {
    ...open,
    path: '/v1/operator/passkey-sign-in',
    tag: 'Operators',
    summary: 'Sign in as an operator by passkey',
    body: operatorPasskeySignInRequest,
    answer: operatorMe,
    errors: ['passkey_wrong', 'challenge_not_found', 'challenge_expired'],
  },
  beginOperatorTotp: {
    ...enrol,
    roles: operatorActions.beginOperatorTotp,
    path: '/v1/operator/totp',
    summary: 'The secret of an operator’s app, told once',
    body: empty,
    answer: totpMade,
    errors: ['totp_on'],
  },
  confirmOperatorTotp: {
    ...enrol,
    roles: operatorActions.confirmOperatorTotp,
    path: '/v1/operator/totp/confirm',
    summary: 'The first code of the app; from now on it is asked for',
    body: operatorCodeRequest,
    answer: operatorMe,
    errors: ['code_wrong', 'too_many_tries'],
  },
  beginOperatorPasskey: {
    ...enrol,
    roles: operatorActions.beginOperatorPasskey,
    path: '/v1/operator/passkeys/options',
    summary: 'A challenge for a new passkey of an operator',
    body: empty,
    answer: passkeyCreation,
    errors: [],
  },
  addOperatorPasskey: {
    ...enrol,
    roles: operatorActions.addOperatorPasskey,
    path: '/v1/operator/passkeys',
    summary: 'Add a passkey of an operator',
    body: addOperatorPasskeyRequest,
    answer: operatorMe,
    errors: ['passkey_wrong', 'passkey_taken', 'challenge_not_found', 'challenge_expired'],
  },
} as const satisfies Record<string, Route>
