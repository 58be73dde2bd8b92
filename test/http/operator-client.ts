import type { OperatorRole } from '#contract'
import { totpCodeAt } from '#identity'
import { systemClock } from '#kernel'
import type { TestServer } from '../support/test-server.ts'
import { ask, freshKey, type Answer } from './http-client.ts'

/** A signed-in member of staff: cookie and CSRF token, a key for every change. */
export interface Desk {
  readonly headers: Record<string, string>
  get(path: string): Promise<Answer>
  post(path: string, body: unknown, headers?: Record<string, string>): Promise<Answer>
}

/** Of the app that every operator of these tests has. */
export const deskSecret = 'DESK2DESK2DESK2DESK2DESK2DESK2AB'

export async function desk(
  server: TestServer,
  login: string,
  roles: OperatorRole[],
): Promise<Desk> {
  const password = `${login} has a long password`
  const who = { login, name: login.toUpperCase(), roles, password, totpSecret: deskSecret }
  await server.flows.createOperator(who)
  const code = totpCodeAt(deskSecret, systemClock.now())
  const signedIn = await ask(server, '/v1/operator/sign-in', { body: { login, password, code } })
  if (signedIn.status !== 200) throw new Error(JSON.stringify(signedIn.body))
  return deskOf(server, signedIn)
}

/** The desk of a session that was just opened. */
export function deskOf(server: TestServer, signedIn: Answer): Desk {
  const csrf = String(signedIn.body['csrf_token'])
  const headers = { cookie: signedIn.cookie ?? '', 'x-coffer-csrf': csrf }
  return {
    headers,
    get: (path) => ask(server, path, { headers }),
    post: (path, body, more = {}) =>
      ask(server, path, {
        body,
        headers: { ...headers, 'idempotency-key': freshKey(), ...more },
      }),
  }
}
