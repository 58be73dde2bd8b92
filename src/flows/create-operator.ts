import type { Command } from '#commit'
import {
  adminCountKey,
  countAdmins,
  freshOperatorKey,
  operator,
  operatorLogin,
  operatorLoginKey,
  putTotp,
  totpKey,
  type OperatorRole,
} from '#identity'
import { ok, type Result } from '#kernel'
import type { FlowContext, Problem } from './context.ts'
import { submit } from './submit.ts'

export interface CreateOperatorInput {
  readonly login: string
  readonly name: string
  readonly roles: readonly OperatorRole[]
  readonly password: string
  /** Base 32, of an app he has from the start; simulations only. */
  readonly totpSecret?: string
}

interface CreateOperator extends Omit<CreateOperatorInput, 'password' | 'totpSecret'> {
  readonly id: string
  readonly passwordHash: string
  readonly sealedSecret: string | null
}

/** `exists`: the login is taken; nothing was changed. */
export interface OperatorCreated {
  readonly status: 'created' | 'exists'
  readonly operatorId: string
}

const create: Command<CreateOperator, OperatorCreated> = {
  name: 'identity.create-operator',
  reads: ({ id, login }) => [
    freshOperatorKey(id),
    operatorLoginKey(login),
    totpKey(id),
    adminCountKey(),
  ],
  apply(state, input, now) {
    const taken = state.get(operatorLogin, input.login)
    if (taken !== undefined) return { status: 'exists', operatorId: taken.operatorId }
    const { sealedSecret, ...who } = input
    const factorSince = sealedSecret === null ? null : now
    const byHost = { grantedBy: null, secondedBy: null, lastSignInAt: null, sessionsEndedAt: null }
    const beginning = { createdAt: now, factorSince, ...byHost }
    state.put(operatorLogin, { id: input.login, operatorId: input.id })
    state.put(operator, { ...who, ...beginning })
    countAdmins(state, [], input.roles)
    if (sealedSecret !== null) putTotp(state, { ownerId: input.id, sealedSecret }, now)
    return { status: 'created', operatorId: input.id }
  },
}

/** A new member of staff. For simulations and tests only: no face offers it. */
export function createCreateOperator(context: FlowContext) {
  return async (input: CreateOperatorInput): Promise<Result<OperatorCreated, Problem>> => {
    const { login, name, roles, password, totpSecret } = input
    const { passwords, random, ids } = context
    const passwordHash = await passwords.hash(password)
    const id = ids.next('opr')
    const sealed = { nonce: random.bytes(12), owner: id }
    const sealedSecret = totpSecret === undefined ? null : passwords.seal(totpSecret, sealed)
    const command = { id, login: login.toLowerCase(), name, roles, passwordHash, sealedSecret }
    const answer = await submit(context, create, { owner: 'operator', id, input: command })
    return answer.ok ? ok(answer.value) : answer
  }
}
