import type { Command } from '#commit'
import {
  adminCountKey,
  adminsIn,
  countAdmins,
  fewestAdmins,
  freshOperatorKey,
  operator,
  operatorLogin,
  operatorLoginKey,
} from '#identity'
import { fail, ok, type Result } from '#kernel'
import type { FlowContext, Problem } from './context.ts'
import { submit } from './submit.ts'

interface Appoint {
  readonly id: string
  readonly login: string
  readonly name: string
  readonly passwordHash: string
}

const appoint: Command<Appoint, { code: Problem['code'] | null }> = {
  name: 'identity.appoint-first-admin',
  reads: ({ id, login }) => [freshOperatorKey(id), operatorLoginKey(login), adminCountKey()],
  apply(state, input, now) {
    if (adminsIn(state) >= fewestAdmins) return { code: 'admins_exist' }
    if (state.get(operatorLogin, input.login) !== undefined) return { code: 'login_taken' }
    const blank = { lastSignInAt: null, factorSince: null, sessionsEndedAt: null }
    const byHost = { grantedBy: null, secondedBy: null, roles: ['admin'] as const }
    state.put(operatorLogin, { id: input.login, operatorId: input.id })
    state.put(operator, { ...input, ...blank, ...byHost, createdAt: now })
    countAdmins(state, [], byHost.roles)
    return { code: null }
  },
}

/**
 * The host makes the first two admins, who make everybody else, one proposing and one approving.
 * Errors: admins_exist, login_taken.
 */
export function createAppointFirstAdmin(context: FlowContext) {
  return async (input: {
    login: string
    name: string
    password: string
  }): Promise<Result<{ operatorId: string }, Problem>> => {
    const { passwords, ids } = context
    const id = ids.next('opr')
    const passwordHash = await passwords.hash(input.password)
    const command = { id, login: input.login.toLowerCase(), name: input.name, passwordHash }
    const answer = await submit(context, appoint, { owner: 'operator', id, input: command })
    if (!answer.ok) return answer
    return answer.value.code === null ? ok({ operatorId: id }) : fail({ code: answer.value.code })
  }
}
