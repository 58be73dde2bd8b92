import { cookies, deviceSignals, headers } from '#contract'
import type { DeviceSignals, Flows } from '#flows'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { Visit } from './handler.ts'
import { networkOf, simulatedNetwork } from './network-of.ts'
import { RequestFault } from './request-fault.ts'

export interface VisitOptions {
  readonly secureCookies: boolean
  /** Only where everything is simulated: the header in which a device names its network. */
  readonly networkHeader?: string
  /** Holds what a terminal reports against feeds and lists. */
  readonly assess: Flows['assessTerminal']
}

/** A session ends on the server; the cookie need not outlive a working day. */
const cookieMaxAgeS = 12 * 3_600

const deviceId = z.string().regex(/^dev_[0-9A-Za-z_-]{1,64}$/)

/** What a request says of its sender before anybody is known. Throws RequestFault. */
export function visitOf(
  request: FastifyRequest,
  reply: FastifyReply,
  options: VisitOptions,
): Visit {
  const bearer = /^Bearer ([\w-]{20,100})$/.exec(request.headers.authorization ?? '')?.[1]
  const network = networkSeen(request, options)
  const signals = signalsOf(headerOf(request, headers.signals))
  return {
    network,
    signals: { ...signals.device, terminal: options.assess(signals.report, network) },
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

type Report = Parameters<Flows['assessTerminal']>[0]

function signalsOf(text: string | undefined): { device: DeviceSignals; report: Report } {
  const checked = deviceSignals.safeParse(text === undefined ? {} : jsonOf(text))
  if (!checked.success) throw faultOf(headers.signals)
  const said = checked.data
  return {
    device: {
      remoteControl: said.remote_control ?? false,
      callInProgress: said.call_in_progress ?? false,
      emulator: said.emulator ?? false,
    },
    report: {
      rooted: said.rooted ?? false,
      accessibilityAbuse: said.accessibility_abuse ?? false,
      appTampered: said.app_tampered ?? false,
      appHashes: said.app_hashes ?? null,
      urlHashes: said.url_hashes ?? null,
    },
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
