import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { answer, misbehave, readBody, refuse } from '../http-reply.ts'
import { isPassing, type PassingFailure } from '../passing-failure.ts'
import { instantText } from '../wire.ts'
import { codeRefusals } from './codes-http-adapter.ts'
import type { CarrierCodes } from './codes-port.ts'
import type { Carrier, CarrierAnswer, CarrierSilence } from './port.ts'
import {
  carrierPaths,
  checkBody,
  reportsBody,
  sendCodeBody,
  smsBody,
  subjectBody,
  validateCodeBody,
  verifyBody,
} from './wire.ts'

export type ServedCarrier = Carrier & CarrierCodes

/** What a caller shows: the token agreed with him, and a correlator that the answer repeats. */
export interface CarrierRoutesOptions {
  /** Asked of every caller but a subscriber with a token of his own; absent: of nobody. */
  readonly token?: string
}

/** Serves a carrier as CAMARA's paths below wherever the plugin is mounted. */
export function carrierRoutes(
  carrier: ServedCarrier,
  { token }: CarrierRoutesOptions = {},
): (app: FastifyInstance) => Promise<void> {
  return async (app) => {
    app.addHook('onRequest', async (request, reply) => {
      const correlator = request.headers['x-correlator']
      if (typeof correlator === 'string' && /^[a-zA-Z0-9-_:;./<>{}]{0,256}$/.test(correlator)) {
        reply.header('x-correlator', correlator)
      }
      const shown = bearerOf(request)
      if (token !== undefined && shown !== token && subscriberOf(shown) === undefined) {
        await refuse(reply, { status: 401, code: 'UNAUTHENTICATED' })
      }
    })
    serveSwaps(app, carrier)
    serveNumber(app, carrier)
    serveCodes(app, carrier)
    serveSms(app, carrier)
  }
}

function bearerOf(request: FastifyRequest): string {
  return (request.headers.authorization ?? '').replace(/^Bearer /, '')
}

/** Whose own token it is; undefined for one of ours. */
function subscriberOf(token: string): string | undefined {
  return /^(\+[1-9][0-9]{4,14})#\d+$/.exec(token)?.[1]
}

/**
 * Which number is asked about: the subscriber whose token it is, or the one named. Undefined after
 * having refused it: naming one twice is refused as well as naming none.
 */
function subjectOf(
  { request, reply }: { readonly request: FastifyRequest; readonly reply: FastifyReply },
  named: string | undefined,
): string | undefined {
  const subscriber = subscriberOf(bearerOf(request))
  if (named === undefined && subscriber === undefined) {
    refuse(reply, { status: 422, code: 'MISSING_IDENTIFIER' })
    return undefined
  }
  if (named !== undefined && subscriber !== undefined) {
    refuse(reply, { status: 422, code: 'UNNECESSARY_IDENTIFIER' })
    return undefined
  }
  return named ?? subscriber
}

function serveSwaps(app: FastifyInstance, carrier: Carrier): void {
  const checks = [
    [carrierPaths.simSwapCheck, carrier.checkSimSwap],
    [carrierPaths.deviceSwapCheck, carrier.checkDeviceSwap],
  ] as const
  for (const [path, check] of checks) {
    app.post(path, async (request, reply) => {
      const body = readBody({ request, reply }, checkBody)
      if (body === undefined) return reply
      const phone = subjectOf({ request, reply }, body.phoneNumber)
      if (phone === undefined) return reply
      const answered = await check({ phone, maxAgeHours: body.maxAge })
      return show(reply, answered, (swapped) => ({ swapped }))
    })
  }
  const dates = [
    [carrierPaths.simSwapDate, carrier.retrieveSimSwapDate, 'latestSimChange'],
    [carrierPaths.deviceSwapDate, carrier.retrieveDeviceSwapDate, 'latestDeviceChange'],
  ] as const
  for (const [path, retrieve, name] of dates) {
    app.post(path, async (request, reply) => {
      const body = readBody({ request, reply }, subjectBody)
      if (body === undefined) return reply
      const phone = subjectOf({ request, reply }, body.phoneNumber)
      if (phone === undefined) return reply
      return show(reply, await retrieve({ phone }), ({ at, monitoredDays }) => ({
        [name]: instantText(at),
        monitoredPeriod: monitoredDays ?? undefined,
      }))
    })
  }
}

function serveNumber(app: FastifyInstance, carrier: Carrier): void {
  app.post(carrierPaths.callForwarding, async (request, reply) => {
    const body = readBody({ request, reply }, subjectBody)
    if (body === undefined) return reply
    const phone = subjectOf({ request, reply }, body.phoneNumber)
    if (phone === undefined) return reply
    return show(reply, await carrier.callForwarding({ phone }), (active) => ({ active }))
  })
  app.post(carrierPaths.callForwardings, async (request, reply) => {
    const body = readBody({ request, reply }, subjectBody)
    if (body === undefined) return reply
    const phone = subjectOf({ request, reply }, body.phoneNumber)
    if (phone === undefined) return reply
    return show(reply, await carrier.callForwardings({ phone }), (list) => list)
  })
  app.post(carrierPaths.verifyNumber, async (request, reply) => {
    const body = readBody({ request, reply }, verifyBody)
    if (body === undefined) return reply
    const { phoneNumber: phone, hashedPhoneNumber: phoneHash } = body
    if ((phone === undefined) === (phoneHash === undefined)) {
      return refuse(reply, { status: 400, code: 'INVALID_ARGUMENT' })
    }
    const subject = phone === undefined ? { phoneHash: phoneHash ?? '' } : { phone }
    const verified = await carrier.verifyNumber({ ...subject, networkToken: bearerOf(request) })
    return show(reply, verified, (isVerified) => ({ devicePhoneNumberVerified: isVerified }))
  })
}

function serveCodes(app: FastifyInstance, carrier: CarrierCodes): void {
  app.post(carrierPaths.sendCode, async (request, reply) => {
    const body = readBody({ request, reply }, sendCodeBody)
    if (body === undefined) return reply
    const sent = await carrier.sendCode({ phone: body.phoneNumber, message: body.message })
    if ('refused' in sent) return refuse(reply, codeRefusals[sent.refused])
    return show(reply, sent, (value) => value)
  })
  app.post(carrierPaths.validateCode, async (request, reply) => {
    const body = readBody({ request, reply }, validateCodeBody)
    if (body === undefined) return reply
    const tried = await carrier.validateCode(body)
    if ('refused' in tried) return refuse(reply, codeRefusals[tried.refused])
    return 'value' in tried ? reply.code(204).send() : show(reply, tried, String)
  })
}

function serveSms(app: FastifyInstance, carrier: Carrier): void {
  app.post(carrierPaths.sms, async (request, reply) => {
    const body = readBody({ request, reply }, smsBody)
    if (body === undefined) return reply
    const { reference, to, text } = body
    const receipt = await carrier.sendSms({ reference, phone: to, text })
    return show(reply, receipt, (sms) => ({ ...sms, deliveredAt: instantText(sms.deliveredAt) }))
  })
  app.post(carrierPaths.deliveryReports, async (request, reply) => {
    const body = readBody({ request, reply }, reportsBody)
    if (body === undefined) return reply
    const query = { phone: body.phoneNumber, since: body.since }
    return show(reply, await carrier.deliveryReports(query), (messages) => ({
      messages: messages.map((sms) => ({
        ...sms,
        sentAt: instantText(sms.sentAt),
        deliveredAt: instantText(sms.deliveredAt),
      })),
    }))
  })
}

const refusals: Readonly<
  Record<Exclude<CarrierSilence, PassingFailure>, { status: number; code: string }>
> = {
  number_not_found: { status: 404, code: 'IDENTIFIER_NOT_FOUND' },
  out_of_range: { status: 400, code: 'OUT_OF_RANGE' },
  not_supported: { status: 501, code: 'NOT_IMPLEMENTED' },
  not_applicable: { status: 422, code: 'SERVICE_NOT_APPLICABLE' },
  not_authenticated: {
    status: 403,
    code: 'NUMBER_VERIFICATION.USER_NOT_AUTHENTICATED_BY_MOBILE_NETWORK',
  },
  refused: { status: 403, code: 'PERMISSION_DENIED' },
  reference_reused: { status: 409, code: 'REFERENCE_REUSED' },
}

function show<T>(
  reply: FastifyReply,
  answered: CarrierAnswer<T>,
  write: (value: T) => unknown,
): FastifyReply {
  if ('value' in answered) return answer(reply, write(answered.value))
  const { unknown } = answered
  return isPassing(unknown) ? misbehave(reply, unknown) : refuse(reply, refusals[unknown])
}
