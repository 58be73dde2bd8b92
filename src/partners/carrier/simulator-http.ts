import type { FastifyInstance, FastifyReply } from 'fastify'
import { answer, misbehave, readBody, refuse } from '../http-reply.ts'
import { isPassing, type PassingFailure } from '../passing-failure.ts'
import { instantText } from '../wire.ts'
import type { Carrier, CarrierAnswer, CarrierSilence } from './port.ts'
import { carrierPaths, checkBody, phoneBody, reportsBody, smsBody } from './wire.ts'

/** Serves a carrier as CAMARA's paths below wherever the plugin is mounted. */
export function carrierRoutes(carrier: Carrier): (app: FastifyInstance) => Promise<void> {
  return async (app) => {
    serveSwaps(app, carrier)
    serveNumber(app, carrier)
    serveSms(app, carrier)
  }
}

function serveSwaps(app: FastifyInstance, carrier: Carrier): void {
  app.post(carrierPaths.simSwapCheck, async (request, reply) => {
    const body = readBody({ request, reply }, checkBody)
    if (body === undefined) return reply
    const query = { phone: body.phoneNumber, maxAgeHours: body.maxAge }
    return show(reply, await carrier.checkSimSwap(query), (swapped) => ({ swapped }))
  })
  app.post(carrierPaths.deviceSwapCheck, async (request, reply) => {
    const body = readBody({ request, reply }, checkBody)
    if (body === undefined) return reply
    const query = { phone: body.phoneNumber, maxAgeHours: body.maxAge }
    return show(reply, await carrier.checkDeviceSwap(query), (swapped) => ({ swapped }))
  })
  app.post(carrierPaths.simSwapDate, async (request, reply) => {
    const body = readBody({ request, reply }, phoneBody)
    if (body === undefined) return reply
    const last = await carrier.retrieveSimSwapDate({ phone: body.phoneNumber })
    return show(reply, last, ({ at, monitoredDays }) => ({
      latestSimChange: instantText(at),
      monitoredPeriod: monitoredDays ?? undefined,
    }))
  })
  app.post(carrierPaths.deviceSwapDate, async (request, reply) => {
    const body = readBody({ request, reply }, phoneBody)
    if (body === undefined) return reply
    const last = await carrier.retrieveDeviceSwapDate({ phone: body.phoneNumber })
    return show(reply, last, ({ at, monitoredDays }) => ({
      latestDeviceChange: instantText(at),
      monitoredPeriod: monitoredDays ?? undefined,
    }))
  })
}

function serveNumber(app: FastifyInstance, carrier: Carrier): void {
  app.post(carrierPaths.callForwarding, async (request, reply) => {
    const body = readBody({ request, reply }, phoneBody)
    if (body === undefined) return reply
    const forwarding = await carrier.callForwarding({ phone: body.phoneNumber })
    return show(reply, forwarding, (active) => ({ active }))
  })
  app.post(carrierPaths.callForwardings, async (request, reply) => {
    const body = readBody({ request, reply }, phoneBody)
    if (body === undefined) return reply
    const kinds = await carrier.callForwardings({ phone: body.phoneNumber })
    return show(reply, kinds, (list) => list)
  })
  app.post(carrierPaths.verifyNumber, async (request, reply) => {
    const body = readBody({ request, reply }, phoneBody)
    if (body === undefined) return reply
    const networkToken = (request.headers.authorization ?? '').replace(/^Bearer /, '')
    const verified = await carrier.verifyNumber({ phone: body.phoneNumber, networkToken })
    return show(reply, verified, (isVerified) => ({ devicePhoneNumberVerified: isVerified }))
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
