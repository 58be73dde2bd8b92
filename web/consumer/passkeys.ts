import { startAuthentication, startRegistration } from '@simplewebauthn/browser'
import { api } from './session.ts'
import type { Passkey, PasskeyCreation, PasskeyRequest } from '#contract'

/** Asks the browser for a proof by passkey; rejects when its owner turns away. */
export async function proveByPasskey({ options }: PasskeyRequest) {
  const { allowCredentials, ...rest } = options
  const { id, response } = await startAuthentication({
    // The browser knows what transports there are; what we kept of them is only a hint.
    optionsJSON: {
      ...rest,
      allowCredentials: allowCredentials.map(({ id: known }) => ({
        id: known,
        type: 'public-key' as const,
      })),
    },
  })
  const { clientDataJSON, authenticatorData, signature } = response
  return {
    id,
    type: 'public-key' as const,
    response: { clientDataJSON, authenticatorData, signature },
  }
}

/** Makes a passkey in the browser and brings it to the server. */
export async function addPasskey(name: string, password: string): Promise<Passkey> {
  const begun: PasskeyCreation = await api.call('POST /v1/passkeys/options', { body: {} })
  const { excludeCredentials, ...rest } = begun.options
  const made = await startRegistration({
    optionsJSON: {
      ...rest,
      excludeCredentials: excludeCredentials.map(({ id }) => ({
        id,
        type: 'public-key' as const,
      })),
    },
  })
  const { clientDataJSON, attestationObject, transports = [] } = made.response
  const credential = {
    id: made.id,
    type: 'public-key' as const,
    response: { clientDataJSON, attestationObject, transports },
  }
  const body = { challenge_id: begun.challenge_id, name, password, credential }
  return api.call('POST /v1/passkeys', { body })
}

/** Confirms a payment: the proof is for this payment, amount and payee alone. */
export async function confirmByPasskey(id: string) {
  const params = { id }
  const asked = await api.call('POST /v1/payments/:id/confirmation', { params, body: {} })
  const credential = await proveByPasskey(asked)
  const body = { challenge_id: asked.challenge_id, credential }
  return api.call('POST /v1/payments/:id/confirm', { params, body })
}
