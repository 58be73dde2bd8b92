import { z } from 'zod'
import { instant } from '../wire.ts'
import { forwardingKinds } from './port.ts'

/** CAMARA's schemas, as far as we use them; and a text-message interface of our own. */
export const phoneNumber = z.string().regex(/^\+[1-9][0-9]{4,14}$/)
export const phoneBody = z.object({ phoneNumber })
/** Who asks with the subscriber's own token leaves the number out. */
export const subjectBody = phoneBody.partial()
export const checkBody = subjectBody.extend({ maxAge: z.number().int().min(1).default(240) })
/** Exactly one of the two; a hash is SHA-256 of the E.164 form, in hex. */
export const verifyBody = z.object({
  phoneNumber: phoneNumber.optional(),
  hashedPhoneNumber: z
    .string()
    .regex(/^[0-9a-fA-F]{64}$/)
    .optional(),
})

export const swapped = z.object({ swapped: z.boolean() })
export const latestSimChange = z.object({
  latestSimChange: instant.nullable(),
  monitoredPeriod: z.number().int().positive().optional(),
})
export const latestDeviceChange = z.object({
  latestDeviceChange: instant.nullable(),
  monitoredPeriod: z.number().int().positive().optional(),
})
export const forwardingActive = z.object({ active: z.boolean() })
export const forwardings = z.array(z.enum(forwardingKinds)).min(1)
export const numberVerified = z.object({ devicePhoneNumberVerified: z.boolean() })

/** A code's place is marked in the message. */
export const sendCodeBody = phoneBody.extend({
  message: z
    .string()
    .max(160)
    .regex(/\{\{code\}\}/),
})
export const codeSent = z.object({ authenticationId: z.string().min(1).max(36) })
export const validateCodeBody = codeSent.extend({ code: z.string().min(1).max(10) })
/** 204: there is no body. */
export const nothing = z.object({})

export const smsBody = z.object({
  to: phoneNumber,
  text: z.string().min(1).max(1_000),
  reference: z.string().min(1).max(200),
})
export const smsReceipt = z.object({
  reference: z.string(),
  messageId: z.string(),
  deliveredAt: instant.nullable(),
})
export const reportsBody = phoneBody.extend({ since: instant })
export const reports = z.object({ messages: z.array(smsReceipt.extend({ sentAt: instant })) })

export const carrierPaths = {
  simSwapCheck: '/sim-swap/v2/check',
  simSwapDate: '/sim-swap/v2/retrieve-date',
  deviceSwapCheck: '/device-swap/v1/check',
  deviceSwapDate: '/device-swap/v1/retrieve-date',
  callForwarding: '/call-forwarding-signal/v0.4/unconditional-call-forwardings',
  callForwardings: '/call-forwarding-signal/v0.4/call-forwardings',
  verifyNumber: '/number-verification/v2/verify',
  sendCode: '/one-time-password-sms/v1/send-code',
  validateCode: '/one-time-password-sms/v1/validate-code',
  sms: '/sms/v1/messages',
  deliveryReports: '/sms/v1/delivery-reports',
} as const
