import { cookies, deviceSignals, headers } from '#contract'
import type { DeviceSignals } from '#flows'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { Visit } from './handler.ts'
import { networkOf, simulatedNetwork } from './network-of.ts'
import { RequestFault } from './request-fault.ts'

export interface VisitOptions {
  readonly secureCookies: boolean
  /** Only where everything is simulated: the header in which a device names its network. */
  readonly networkHeader?: string
}

/** A session ends on the server; the cookie need not outlive a working day. */
const cookieMaxAgeS = 12 * 3_600

const deviceId = z.string().regex(/^dev_[0-9A-Za-z_-]{1,64}$/)
const noSignals: DeviceSignals = { remoteControl: false, callInProgress: false, emulator: false }

/** What a request says of its sender before anybody is known. Throws RequestFault. */
export function visitOf(
  request: FastifyRequest,
  reply: FastifyReply,
  options: VisitOptions,
): Visit {
  const bearer = /^Bearer ([\w-]{20,100})$/.exec(request.headers.authorization ?? '')?.[1]
  return {
    network: networkSeen(request, options),
    signals: signalsOf(headerOf(request, headers.signals)),
    tokens: {
      customer: bearer ?? request.cookies[cookies.customer],
      operator: bearer ?? request.cookies[cookies.operator],
    },
    setSession(kind, token) {
      const shape = { path: '/', httpOnly: true, sameSite: 'strict' } as const
      const secure = options.secureCookies
      if (token === null) reply.clearCookie(cookies[kind], { ...shape, secure })
      else reply.setCookie(cookies[kind], token, { ...shape, secure, maxAge: cookieMaxAgeS })
    },
  }
}

/** True when the session came as a cookie, which browsers send by themselves. */
export function usesCookie(request: FastifyRequest): boolean {
  return request.headers.authorization === undefined
}

/** The device a request names in its header. Throws RequestFault when it is not an id of one. */
export function deviceShown(request: FastifyRequest): string | undefined {
  const shown = headerOf(request, headers.device)
  if (shown === undefined) return undefined
  const checked = deviceId.safeParse(shown)
  if (!checked.success) throw faultOf(headers.device)
  return checked.data
}

export function headerOf(request: FastifyRequest, name: string): string | undefined {
  const value = request.headers[name]
  return Array.isArray(value) ? value[0] : value
}

function networkSeen(request: FastifyRequest, { networkHeader }: VisitOptions): string {
  const claimed = networkHeader === undefined ? undefined : headerOf(request, networkHeader)
  if (claimed === undefined) return networkOf(request.ip)
  const simulated = simulatedNetwork(claimed)
  if (simulated === undefined) throw faultOf(networkHeader ?? '')
  return simulated
}

function signalsOf(text: string | undefined): DeviceSignals {
  if (text === undefined) return noSignals
  const checked = deviceSignals.safeParse(jsonOf(text))
  if (!checked.success) throw faultOf(headers.signals)
  const { remote_control, call_in_progress, emulator } = checked.data
  return {
    remoteControl: remote_control ?? false,
    callInProgress: call_in_progress ?? false,
    emulator: emulator ?? false,
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function faultOf(header: string): RequestFault {
  return new RequestFault([
    { path: [header], message: 'The header is not of its documented shape' },
  ])
}
