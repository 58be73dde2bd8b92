import {
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
  type AuthenticationResponseJSON,
  type RegistrationResponseJSON,
} from '@simplewebauthn/server'
import type { PasskeyToVerify } from './passkey-queries.ts'
import type { Site } from './site.ts'

/** COSE algorithm numbers we take: ES256, EdDSA, RS256. */
export const passkeyAlgorithms = [-7, -8, -257] as const

/** What a browser hands over of a new passkey. */
export interface PasskeyMade {
  readonly id: string
  readonly clientDataJSON: string
  readonly attestationObject: string
}

/** What it hands over when a passkey is used. */
export interface PasskeyUsed {
  readonly id: string
  readonly clientDataJSON: string
  readonly authenticatorData: string
  readonly signature: string
}

export interface NewPasskey {
  readonly id: string
  readonly publicKey: string
  readonly counter: bigint
  readonly backedUp: boolean
}

interface Expected {
  readonly site: Site
  /** Base64url. */
  readonly challenge: string
}

/**
 * A new passkey, if what the browser brings is one for our site and this challenge, made by a
 * person who was verified (finger, face, PIN). null: something of it is not so. We ask for no
 * attestation: which maker's authenticator it is says nothing about the customer.
 */
export async function verifyNewPasskey(
  made: PasskeyMade,
  { site, challenge }: Expected,
): Promise<NewPasskey | null> {
  const origin = originIn(made.clientDataJSON, site)
  if (origin === null) return null
  const { id, clientDataJSON, attestationObject } = made
  const response: RegistrationResponseJSON = {
    id,
    rawId: id,
    type: 'public-key',
    clientExtensionResults: {},
    response: { clientDataJSON, attestationObject },
  }
  try {
    const verified = await verifyRegistrationResponse({
      response,
      expectedChallenge: challenge,
      expectedOrigin: origin,
      expectedRPID: site.rpId,
      requireUserVerification: true,
      supportedAlgorithmIDs: [...passkeyAlgorithms],
    })
    if (!verified.verified) return null
    const { credential, credentialBackedUp: backedUp } = verified.registrationInfo
    if (credential.id !== id) return null
    return {
      id,
      publicKey: Buffer.from(credential.publicKey).toString('base64url'),
      counter: BigInt(credential.counter),
      backedUp,
    }
  } catch {
    // The package throws for whatever does not fit; none of it is told to the caller.
    return null
  }
}

/**
 * The authenticator's count after this use, if the proof fits passkey, site and challenge and its
 * owner was verified. null: it does not.
 */
export async function verifyPasskeyUse(
  used: PasskeyUsed,
  known: Pick<PasskeyToVerify, 'id' | 'publicKey' | 'counter'>,
  { site, challenge }: Expected,
): Promise<{ counter: bigint; backedUp: boolean } | null> {
  const origin = originIn(used.clientDataJSON, site)
  if (origin === null || used.id !== known.id) return null
  const { id, clientDataJSON, authenticatorData, signature } = used
  const response: AuthenticationResponseJSON = {
    id,
    rawId: id,
    type: 'public-key',
    clientExtensionResults: {},
    response: { clientDataJSON, authenticatorData, signature },
  }
  try {
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      response,
      expectedChallenge: challenge,
      expectedOrigin: origin,
      expectedRPID: site.rpId,
      requireUserVerification: true,
      credential: {
        id,
        publicKey: new Uint8Array(Buffer.from(known.publicKey, 'base64url')),
        counter: Number(known.counter),
      },
    })
    if (!verified) return null
    const { newCounter, credentialBackedUp: backedUp } = authenticationInfo
    return { counter: BigInt(newCounter), backedUp }
  } catch {
    return null
  }
}

/** The origin a browser wrote down, if it is ours; it is signed with the rest. */
function originIn(clientDataJSON: string, site: Site): string | null {
  try {
    const data: unknown = JSON.parse(Buffer.from(clientDataJSON, 'base64url').toString('utf8'))
    if (typeof data !== 'object' || data === null) return null
    const { origin, crossOrigin } = data as { origin?: unknown; crossOrigin?: unknown }
    if (crossOrigin === true || typeof origin !== 'string') return null
    return site.isOrigin(origin) ? origin : null
  } catch {
    return null
  }
}
