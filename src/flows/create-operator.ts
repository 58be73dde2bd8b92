import type { Command } from '#commit'
import {
  freshOperatorKey,
  operator,
  operatorLogin,
  operatorLoginKey,
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
}

interface CreateOperator extends Omit<CreateOperatorInput, 'password'> {
  readonly id: string
  readonly passwordHash: string
}

/** `exists`: the login is taken; nothing was changed. */
export interface OperatorCreated {
  readonly status: 'created' | 'exists'
  readonly operatorId: string
}

const create: Command<CreateOperator, OperatorCreated> = {
  name: 'identity.create-operator',
  reads: ({ id, login }) => [freshOperatorKey(id), operatorLoginKey(login)],
  apply(state, input, now) {
    const taken = state.get(operatorLogin, input.login)
    if (taken !== undefined) return { status: 'exists', operatorId: taken.operatorId }
    const beginning = { createdAt: now, failures: 0, lastFailureAt: null, lastSignInAt: null }
    state.put(operatorLogin, { id: input.login, operatorId: input.id })
    state.put(operator, { ...input, ...beginning })
    return { status: 'created', operatorId: input.id }
  },
}

/** A new member of staff. For the composition; no face offers it yet. */
export function createCreateOperator(context: FlowContext) {
  return async (input: CreateOperatorInput): Promise<Result<OperatorCreated, Problem>> => {
    const { login, name, roles, password } = input
    const passwordHash = await context.passwords.hash(password)
    const id = context.ids.next('opr')
    const command = { id, login: login.toLowerCase(), name, roles, passwordHash }
    const answer = await submit(context, create, { owner: 'operator', id, input: command })
    return answer.ok ? ok(answer.value) : answer
  }
}
