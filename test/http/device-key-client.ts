import { generateKeyPairSync, sign } from 'node:crypto'
import type { TestServer } from '../support/test-server.ts'
import { ask, browserOf, lastCode, password, type Browser } from './http-client.ts'

/** A device's own key, as a browser makes it with WebCrypto. */
export function createDeviceKey() {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  return {
    publicKey: publicKey.export({ format: 'der', type: 'spki' }).toString('base64url'),
    sign: (text: string): string =>
      sign('sha256', Buffer.from(text), { key: privateKey, dsaEncoding: 'ieee-p1363' }).toString(
        'base64url',
      ),
  }
}

export type TestDeviceKey = ReturnType<typeof createDeviceKey>

/** A customer whose first device has a key. */
export async function signUpWithKey(
  server: TestServer,
  phone: string,
  key: TestDeviceKey,
): Promise<Browser> {
  await ask(server, '/v1/codes', { body: { phone, purpose: 'sign_up' } })
  const code = await lastCode(server, phone)
  const device = { name: 'Phone', public_key: key.publicKey }
  const id_number = '110101199003071233'
  const body = { phone, code, name: 'Li Na', id_number, password, device }
  return browserOf(server, phone, await ask(server, '/v1/sign-up', { body }))
}

/** The words a device signs for a payment, as the documentation gives them. */
export function paymentText(payment: { id: string; fen: number; payeeId: string }): string {
  return `coffer payment approval v1\n${payment.id}\n${payment.fen}\n${payment.payeeId}`
}
