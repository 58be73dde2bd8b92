import { z } from 'zod'
import { deviceIntroduction } from './identity.ts'
import { code, password, time } from './scalars.ts'

/** Base64url without padding, as browsers write what authenticators say. */
const bytes = (max: number) =>
  z
    .string()
    .min(1)
    .max(max)
    .regex(/^[\w-]+$/)
export const passkeyId = bytes(200)
export const challengeId = z.string().regex(/^pkc_\d{1,15}-[0-9a-f]{32}-[0-9a-f]{64}$/)

const transport = z.string().regex(/^[a-z-]{2,20}$/)

const descriptor = z.object({
  id: z.string(),
  type: z.literal('public-key'),
  transports: z.array(z.string()),
})

/** For `navigator.credentials.create`, in WebAuthn's JSON form. */
export const passkeyCreation = z
  .object({
    challenge_id: z.string(),
    expires_at: time,
    options: z.object({
      challenge: z.string(),
      rp: z.object({ id: z.string(), name: z.string() }),
      user: z.object({ id: z.string(), name: z.string(), displayName: z.string() }),
      pubKeyCredParams: z.array(z.object({ type: z.literal('public-key'), alg: z.number() })),
      timeout: z.number(),
      attestation: z.literal('none'),
      authenticatorSelection: z.object({
        residentKey: z.literal('required'),
        userVerification: z.literal('required'),
      }),
      excludeCredentials: z.array(descriptor),
    }),
  })
  .meta({ id: 'PasskeyCreation' })
export type PasskeyCreation = z.infer<typeof passkeyCreation>

/** For `navigator.credentials.get`. `allowCredentials` is empty at a sign-in: it names nobody. */
export const passkeyRequest = z
  .object({
    challenge_id: z.string(),
    expires_at: time,
    options: z.object({
      challenge: z.string(),
      rpId: z.string(),
      timeout: z.number(),
      userVerification: z.literal('required'),
      allowCredentials: z.array(descriptor),
    }),
  })
  .meta({ id: 'PasskeyRequest' })
export type PasskeyRequest = z.infer<typeof passkeyRequest>

/** What the browser answered: more fields than these are taken and not looked at. */
const made = z.object({
  id: passkeyId,
  type: z.literal('public-key'),
  response: z.object({
    clientDataJSON: bytes(4_000),
    attestationObject: bytes(16_000),
    transports: z.array(transport).max(8).optional(),
  }),
})
const used = z.object({
  id: passkeyId,
  type: z.literal('public-key'),
  response: z.object({
    clientDataJSON: bytes(4_000),
    authenticatorData: bytes(4_000),
    signature: bytes(2_000),
  }),
})

export const addPasskeyRequest = z.strictObject({
  challenge_id: challengeId,
  name: z.string().trim().min(1).max(80),
  password,
  credential: made,
})
/** Operators': the session was opened a moment ago, with the password or a factor. */
export const addOperatorPasskeyRequest = addPasskeyRequest.omit({ password: true })
export const operatorPasskeySignInRequest = z.strictObject({
  challenge_id: challengeId,
  credential: used,
})
export const passwordAgain = z.strictObject({ password })
export const totpMade = z.object({ secret: z.string(), uri: z.string() })
export const recoveryCodesRequest = z.strictObject({
  password,
  /** The first code of a new app: from then on it is asked for. */
  totp_code: code.optional(),
})
export const recoveryCodesMade = z.object({ codes: z.array(z.string()) })
export const secondFactors = z
  .object({ totp_since: time.nullable(), recovery_codes_left: z.number().int() })
  .meta({ id: 'SecondFactors' })

export const passkeyParams = z.strictObject({ id: passkeyId })
export const passkeySignInRequest = z.strictObject({
  challenge_id: challengeId,
  device: deviceIntroduction,
  credential: used,
})
export const confirmPaymentRequest = z.strictObject({ challenge_id: challengeId, credential: used })

export const passkey = z
  .object({
    id: z.string(),
    name: z.string(),
    /** Kept in more than one place by whoever made it. */
    backed_up: z.boolean(),
    added_at: time,
    last_used_at: time.nullable(),
  })
  .meta({ id: 'Passkey' })
export type Passkey = z.infer<typeof passkey>
