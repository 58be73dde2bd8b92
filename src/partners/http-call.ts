import type { Ids } from '#kernel'
import type { z } from 'zod'
import type { PassingFailure } from './passing-failure.ts'
import { problem, toJson } from './wire.ts'

/** How to reach a partner. */
export interface HttpPartnerOptions {
  /** Without a slash at its end. */
  readonly baseUrl: string
  readonly ids: Ids
  /** Sent as bearer token. */
  readonly token?: string
  /** Until the whole answer is here; default 2,000. */
  readonly timeoutMs?: number
  readonly fetch?: typeof globalThis.fetch
}

/** The partner's answer, its refusal by code, or that there was no answer we understand. */
export type HttpAnswer<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly failure: PassingFailure }
  | { readonly ok: false; readonly code: string }

export interface HttpQuestion<T extends z.ZodType> {
  readonly path: string
  readonly body: unknown
  readonly answer: T
  /** Instead of our own. */
  readonly token?: string
}

export type HttpCall = <T extends z.ZodType>(
  question: HttpQuestion<T>,
) => Promise<HttpAnswer<z.output<T>>>

/**
 * Posts a question to a partner. Time-boxed, never throws, never follows a redirect, and takes
 * nothing on trust: an answer of another shape is `malformed_answer`, which decides nothing.
 */
export function createHttpCall(options: HttpPartnerOptions): HttpCall {
  const { baseUrl, ids, timeoutMs = 2_000, fetch = globalThis.fetch } = options

  async function send(question: HttpQuestion<z.ZodType>): Promise<Response> {
    const token = question.token ?? options.token
    return fetch(baseUrl + question.path, {
      method: 'POST',
      redirect: 'error',
      signal: AbortSignal.timeout(timeoutMs),
      headers: {
        'content-type': 'application/json',
        accept: 'application/json',
        'x-correlator': ids.next('cor'),
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
      },
      body: toJson(question.body),
    })
  }

  return async (question) => {
    let status: number
    let text: string
    try {
      const response = await send(question)
      status = response.status
      text = await response.text()
    } catch (error) {
      const isLate = error instanceof Error && error.name === 'TimeoutError'
      return { ok: false, failure: isLate ? 'timeout' : 'unavailable' }
    }
    const body = parse(text)
    if (status >= 200 && status < 300) {
      const checked = question.answer.safeParse(body)
      return checked.success
        ? { ok: true, value: checked.data }
        : { ok: false, failure: 'malformed_answer' }
    }
    return refusalOf(status, body)
  }
}

function refusalOf(status: number, body: unknown): HttpAnswer<never> {
  if (status === 429) return { ok: false, failure: 'rate_limited' }
  if (status === 408 || status === 504) return { ok: false, failure: 'timeout' }
  if (status >= 500 && status !== 501) return { ok: false, failure: 'unavailable' }
  const refusal = problem.safeParse(body)
  if (!refusal.success) return { ok: false, failure: 'malformed_answer' }
  return { ok: false, code: refusal.data.code }
}

function parse(text: string): unknown {
  try {
    return text === '' ? {} : JSON.parse(text)
  } catch {
    return undefined
  }
}
