import { z } from 'zod'
import { reason, warning } from './guard-words.ts'
import { anyId, code, idNumber, newPassword, password, phone, time } from './scalars.ts'

/** The head of SPKI for P-256 is always the same 27 bytes; then 64 of the point. */
const publicKey = z.string().regex(/^MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE[\w-]{86}$/)
/** r and s of an ECDSA signature with SHA-256, 64 bytes, base64url. */
const signature = z.string().regex(/^[\w-]{86}$/)

/** As it stands on the sheet; small or capital letters, with or without hyphen. */
export const recoveryCode = z.string().regex(/^[0-9a-zA-Z]{5}[ -]?[0-9a-zA-Z]{5}$/)

/** What a device that has a key adds to its word; one that has none leaves it out. */
export const deviceWord = z.strictObject({ signature: signature.optional() })
/** An approval: a device without a key may be asked for the password (`password_required`). */
export const approvalWord = z.strictObject({
  signature: signature.optional(),
  password: password.optional(),
})

export const session = z
  .object({
    id: z.string(),
    device_id: anyId,
    device_name: z.string(),
    network: z.string(),
    created_at: time,
    expires_at: time,
    proof: z.enum(['password', 'sms', 'trusted_device', 'passkey', 'totp', 'recovery_code']),
    current: z.boolean(),
  })
  .meta({ id: 'Session' })
export type Session = z.infer<typeof session>

export const deviceIntroduction = z.strictObject({
  /** This device, as it keeps itself: the same at a sign-in and at the answer of a challenge. */
  id: anyId.optional(),
  name: z.string().trim().min(1).max(80),
  /** The device's own key: SPKI of an ECDSA P-256 key, base64url. It is bound once. */
  public_key: publicKey.optional(),
})

export const codeRequest = z.strictObject({
  phone,
  purpose: z.enum(['sign_up', 'sign_in', 'reset']),
})
/** The same answer whether or not the phone is known. */
export const codeRequested = z.object({ expires_at: time, resend_at: time })

export const signUpRequest = z.strictObject({
  phone,
  code,
  name: z.string().trim().min(1).max(80),
  id_number: idNumber,
  password: newPassword,
  device: deviceIntroduction,
})

/** First phone and password; then, when challenged, the same with `challenge_id` and `code`. */
export const signInRequest = z.strictObject({
  phone,
  password,
  device: deviceIntroduction,
  challenge_id: anyId.optional(),
  code: code.optional(),
  /** Answers any challenge, once. */
  recovery_code: recoveryCode.optional(),
})

export const customerStatus = z.enum(['active', 'frozen'])
export const customer = z
  .object({
    id: anyId,
    kind: z.enum(['person', 'merchant']),
    name: z.string(),
    phone_masked: z.string(),
    status: customerStatus,
    frozen_at: time.nullable(),
    frozen_reason: z.string().nullable(),
    created_at: time,
  })
  .meta({ id: 'Customer' })
export type Customer = z.infer<typeof customer>

export const device = z
  .object({
    id: anyId,
    name: z.string(),
    added_at: time,
    added_by: z.enum(['sign_up', 'sign_in', 'reset']),
    trusted: z.boolean(),
    /** When a device that is not trusted yet becomes so by itself; null when it does not. */
    trusted_from: time.nullable(),
    current: z.boolean(),
    last_seen_at: time.nullable(),
  })
  .meta({ id: 'Device' })
export type Device = z.infer<typeof device>

export const me = z
  .object({
    customer,
    device,
    csrf_token: z.string(),
    /** What a device with a key signs to exchange the session's token. */
    session_id: z.string(),
    session_expires_at: time,
    /** Lower limits apply until then (new device, new number, password reset). */
    cool_off_until: time.nullable(),
    warnings: z.array(warning),
    /** Present while a report of this customer is not closed. */
    open_report_id: anyId.nullable(),
    /** True where the demo runs: simulated people, money and time. */
    simulated: z.boolean(),
  })
  .meta({ id: 'Me' })
export type Me = z.infer<typeof me>

const signedIn = z.object({ status: z.literal('signed_in'), me })
const challenged = z.object({
  status: z.literal('challenged'),
  challenge: z.object({
    id: anyId,
    kind: z.enum(['sms_code', 'trusted_device', 'totp']),
    expires_at: time,
    phone_masked: z.string(),
  }),
  reasons: z.array(reason),
})
const denied = z.object({
  status: z.literal('denied'),
  reasons: z.array(reason),
  warnings: z.array(warning),
})

export const signUpAnswer = signedIn
export const signInAnswer = z.discriminatedUnion('status', [signedIn, challenged, denied])
export type SignInAnswer = z.infer<typeof signInAnswer>

export const resetRequest = z.strictObject({
  phone,
  id_number: idNumber,
  code,
  new_password: newPassword,
  /** Of the app, or of the sheet: asked for where the customer has one. */
  totp_code: code.optional(),
  recovery_code: recoveryCode.optional(),
  device: deviceIntroduction,
})
/** `done`: the password is changed and this device signed in. */
export const resetAnswer = z.discriminatedUnion('status', [
  z.object({ status: z.literal('done'), me }),
  /** From `ripe_at` on the same with a new code, from `device_id`; unless the owner signs in. */
  z.object({
    status: z.literal('waiting'),
    ripe_at: time,
    device_id: anyId,
    reasons: z.array(reason),
  }),
  denied,
])
export type ResetAnswer = z.infer<typeof resetAnswer>

/** A sign-in on another device that a trusted one may vouch for. */
export const waitingSignIn = z
  .object({ id: anyId, device_name: z.string(), opened_at: time, expires_at: time })
  .meta({ id: 'WaitingSignIn' })
export type WaitingSignIn = z.infer<typeof waitingSignIn>

export const freezeRequest = z.strictObject({ reason: z.string().trim().max(200).optional() })
export const unfreezeRequest = z.strictObject({ password })
export const freezeAnswer = z.object({ customer })
