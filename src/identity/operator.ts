import { defineRecord, freshKeyOf, keyOf, type Key } from '#commit'
import type { Instant } from '#kernel'

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
  readonly lastSignInAt: Instant | null
  /** When his first factor was confirmed; null: he has none, and may do nothing but enrol. */
  readonly factorSince: Instant | null
  /** Sessions opened until then have ended, whatever else they say. */
  readonly sessionsEndedAt: Instant | null
  /** The admin who proposed the roles he has, and the one who approved; null: the host did. */
  readonly grantedBy: string | null
  readonly secondedBy: string | null
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
    lastSignInAt: 'instant',
    factorSince: 'instant',
    sessionsEndedAt: 'instant',
    grantedBy: 'text',
    secondedBy: 'text',
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

/** What was shown beside the password, or in its place. `none`: the session may only enrol. */
export type OperatorProof = 'none' | 'totp' | 'passkey'

export interface OperatorSession {
  /** `ops_` and SHA-256 of the token. */
  readonly id: string
  readonly operatorId: string
  readonly createdAt: Instant
  readonly expiresAt: Instant
  readonly endedAt: Instant | null
  readonly proof: OperatorProof
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
    proof: 'text',
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
