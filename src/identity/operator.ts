import { defineRecord, freshKeyOf, keyOf, type Key } from '#commit'
import { minute, type Instant } from '#kernel'

export type OperatorRole =
  | 'analyst'
  | 'supervisor'
  | 'claims'
  | 'insurer'
  | 'fund'
  | 'auditor'
  | 'admin'

/** A member of the operator's staff. */
export interface Operator {
  readonly id: string
  readonly login: string
  readonly name: string
  readonly roles: readonly OperatorRole[]
  readonly passwordHash: string
  readonly createdAt: Instant
  /** Failed sign-ins since the last success; ten in a row need fifteen minutes of rest. */
  readonly failures: number
  readonly lastFailureAt: Instant | null
  readonly lastSignInAt: Instant | null
}

export const operator = defineRecord<Operator>({
  name: 'identity.operator',
  key: 'id',
  fields: {
    id: 'text',
    login: 'text',
    name: 'text',
    roles: 'json',
    passwordHash: 'text',
    createdAt: 'instant',
    failures: 'integer',
    lastFailureAt: 'instant',
    lastSignInAt: 'instant',
  },
  constant: ['login', 'createdAt'],
})

/** Whose a login is; its id is the login, in lower case: that makes it unique. */
export interface OperatorLogin {
  readonly id: string
  readonly operatorId: string
}

export const operatorLogin = defineRecord<OperatorLogin>({
  name: 'identity.operator_login',
  key: 'id',
  fields: { id: 'text', operatorId: 'text' },
})

export interface OperatorSession {
  /** `ops_` and SHA-256 of the token. */
  readonly id: string
  readonly operatorId: string
  readonly createdAt: Instant
  readonly expiresAt: Instant
  readonly endedAt: Instant | null
}

export const operatorSession = defineRecord<OperatorSession>({
  name: 'identity.operator_session',
  key: 'id',
  fields: {
    id: 'text',
    operatorId: 'text',
    createdAt: 'instant',
    expiresAt: 'instant',
    endedAt: 'instant',
  },
  constant: ['operatorId', 'createdAt', 'expiresAt'],
})

export function operatorKey(id: string): Key {
  return keyOf(operator, id)
}

export function freshOperatorKey(id: string): Key {
  return freshKeyOf(operator, id)
}

export function operatorLoginKey(login: string): Key {
  return keyOf(operatorLogin, login)
}

export function operatorSessionKey(id: string): Key {
  return keyOf(operatorSession, id)
}

export function freshOperatorSessionKey(id: string): Key {
  return freshKeyOf(operatorSession, id)
}

const failuresAllowed = 10
const restMs = 15 * minute

/** True while ten failures in a row are less than a quarter of an hour old. */
export function operatorRests(
  subject: Pick<Operator, 'failures' | 'lastFailureAt'>,
  now: Instant,
): boolean {
  const { failures, lastFailureAt } = subject
  return failures >= failuresAllowed && lastFailureAt !== null && now - lastFailureAt < restMs
}
