import { startAuthentication, startRegistration } from '@simplewebauthn/browser'
import type { OperatorMe } from '#contract'
import { api } from './session.ts'

/** Asks the browser for a passkey of whoever sits before it; rejects when he turns away. */
export async function signInByPasskey(): Promise<OperatorMe> {
  const asked = await api.call('POST /v1/operator/passkey-sign-in/options', { body: {} })
  const { challenge, rpId, timeout, userVerification } = asked.options
  const { id, response } = await startAuthentication({
    optionsJSON: { challenge, rpId, timeout, userVerification, allowCredentials: [] },
  })
  const { clientDataJSON, authenticatorData, signature } = response
  const credential = {
    id,
    type: 'public-key' as const,
    response: { clientDataJSON, authenticatorData, signature },
  }
  const body = { challenge_id: asked.challenge_id, credential }
  return api.call('POST /v1/operator/passkey-sign-in', { body })
}

/** Makes a passkey in the browser and brings it to the server. */
export async function addPasskey(name: string): Promise<OperatorMe> {
  const begun = await api.call('POST /v1/operator/passkeys/options', { body: {} })
  const made = await startRegistration({
    optionsJSON: { ...begun.options, excludeCredentials: [] },
  })
  const { clientDataJSON, attestationObject } = made.response
  const credential = {
    id: made.id,
    type: 'public-key' as const,
    response: { clientDataJSON, attestationObject },
  }
  const body = { challenge_id: begun.challenge_id, name, credential }
  return api.call('POST /v1/operator/passkeys', { body })
}
