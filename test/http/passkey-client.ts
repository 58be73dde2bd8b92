import type { Authenticator, Faults } from '../support/authenticator.ts'
import type { TestServer } from '../support/test-server.ts'
import { ask, browserOf, password, type Answer, type Browser } from './http-client.ts'

interface Asked {
  readonly challenge_id: string
  readonly options: {
    readonly challenge: string
    readonly rpId: string
    readonly rp: { readonly id: string }
    readonly allowCredentials: readonly { readonly id: string }[]
  }
}

export const origin = 'http://localhost:8080'

export async function askedOf(answer: Promise<Answer>): Promise<Asked> {
  const { status, body } = await answer
  if (status !== 200) throw new Error(JSON.stringify(body))
  return body as unknown as Asked
}

/** Makes a passkey and brings it to the server; the answer is what the server said. */
export async function addPasskey(
  browser: Browser,
  authenticator: Authenticator,
  more: { faults?: Faults; password?: string; headers?: Record<string, string> } = {},
): Promise<Answer> {
  const { challenge_id, options } = await askedOf(browser.post('/v1/passkeys/options', {}))
  const credential = authenticator.create(options, more.faults)
  const body = { challenge_id, name: 'Key', password: more.password ?? password, credential }
  return browser.post('/v1/passkeys', body, more.headers)
}

/** The body of a sign-in by passkey. */
export async function passkeySignInBody(
  server: TestServer,
  authenticator: Authenticator,
  more: { faults?: Faults; deviceId?: string } = {},
): Promise<Record<string, unknown>> {
  const asking = ask(server, '/v1/passkey-sign-in/options', { body: {} })
  const { challenge_id, options } = await askedOf(asking)
  const device = { name: 'Tablet', ...(more.deviceId !== undefined && { id: more.deviceId }) }
  return { challenge_id, device, credential: authenticator.get(options, more.faults) }
}

export async function signInByPasskey(
  server: TestServer,
  phone: string,
  authenticator: Authenticator,
): Promise<Browser> {
  const body = await passkeySignInBody(server, authenticator)
  return browserOf(server, phone, await ask(server, '/v1/passkey-sign-in', { body }))
}

/** The body that confirms a payment by passkey. */
export async function confirmationBody(
  browser: Browser,
  paymentId: string,
  proved: { authenticator: Authenticator; faults?: Faults },
): Promise<{ challenge_id: string; credential: ReturnType<Authenticator['get']> }> {
  const path = `/v1/payments/${paymentId}/confirmation`
  const { challenge_id, options } = await askedOf(browser.post(path, {}))
  return { challenge_id, credential: proved.authenticator.get(options, proved.faults) }
}
