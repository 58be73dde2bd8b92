import { z } from 'zod'

/** Where the guard decides. */
export const step = z.enum([
  'reset',
  'sign_in',
  'redeem',
  'payment',
  'withdrawal',
  'link_bank_account',
])
export type Step = z.infer<typeof step>

export const outcome = z.enum(['allow', 'challenge', 'hold', 'deny'])
export type Outcome = z.infer<typeof outcome>

export const riskLevel = z.enum(['normal', 'elevated', 'highest'])

/** Why the guard did what it did, in words fit for the person who reads it. */
export const reason = z
  .object({
    code: z.string(),
    sentence: z.string(),
    observed: z.string().nullable(),
    threshold: z.string().nullable(),
  })
  .meta({ id: 'Reason' })
export type Reason = z.infer<typeof reason>

/** Something a customer must know, on a channel the thief does not hold. */
export const warning = z
  .object({
    code: z.string(),
    severity: z.enum(['info', 'warning', 'danger']),
    title: z.string(),
    text: z.string(),
    at: z.iso.datetime({ offset: true }).nullable(),
    /** The customer should call the carrier. */
    call_carrier: z.boolean(),
  })
  .meta({ id: 'Warning' })
export type Warning = z.infer<typeof warning>

const sha256 = z.string().regex(/^[0-9a-f]{64}$/)

/** Small facts the client tells of its device, in the header x-coffer-signals as JSON. */
export const deviceSignals = z.object({
  remote_control: z.boolean().optional(),
  call_in_progress: z.boolean().optional(),
  emulator: z.boolean().optional(),
  rooted: z.boolean().optional(),
  accessibility_abuse: z.boolean().optional(),
  app_tampered: z.boolean().optional(),
  /** SHA-256 of installed apps, and of addresses visited lately; left out: not looked at. */
  app_hashes: z.array(sha256).max(50).optional(),
  url_hashes: z.array(sha256).max(50).optional(),
})
export type DeviceSignals = z.infer<typeof deviceSignals>
