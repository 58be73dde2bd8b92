import type { Passkey, PasskeyCreation, PasskeyRequest } from '#contract'
import type { ConfirmationAsked, PasskeyAsked, PasskeyOptions } from '#flows'
import type { PasskeyView } from '#identity'
import { timeOf, timeOrNull } from './scalars.ts'

/** How long a browser waits for its user. */
const timeoutMs = 120_000

export function passkeyOf({ id, name, backedUp, addedAt, lastUsedAt }: PasskeyView): Passkey {
  return {
    id,
    name,
    backed_up: backedUp,
    added_at: timeOf(addedAt),
    last_used_at: timeOrNull(lastUsedAt),
  }
}

export function passkeyCreationOf(options: PasskeyOptions): PasskeyCreation {
  const { challenge, rpId, algorithms, userHandle, userName, displayName, exclude } = options
  return {
    challenge_id: challenge.id,
    expires_at: timeOf(challenge.expiresAt),
    options: {
      challenge: challenge.challenge,
      rp: { id: rpId, name: 'Coffer' },
      user: { id: userHandle, name: userName, displayName },
      pubKeyCredParams: algorithms.map((alg) => ({ type: 'public-key', alg })),
      timeout: timeoutMs,
      attestation: 'none',
      authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
      excludeCredentials: exclude.map(descriptorOf),
    },
  }
}

export function passkeyRequestOf(asked: PasskeyAsked | ConfirmationAsked): PasskeyRequest {
  const { challenge, rpId } = asked
  return {
    challenge_id: challenge.id,
    expires_at: timeOf(challenge.expiresAt),
    options: {
      challenge: challenge.challenge,
      rpId,
      timeout: timeoutMs,
      userVerification: 'required',
      allowCredentials: 'passkeys' in asked ? asked.passkeys.map(descriptorOf) : [],
    },
  }
}

function descriptorOf({ id, transports }: PasskeyView) {
  const hints = transports === '' ? [] : transports.split(',')
  return { id, type: 'public-key' as const, transports: hints }
}
