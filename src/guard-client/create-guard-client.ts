import type { AnswerOf, BodyOf, Routes } from '#contract'

export type GuardQuestion = BodyOf<Routes['decideForGuest']>
export type GuardDecision = AnswerOf<Routes['decideForGuest']>
export type GuardEvent = BodyOf<Routes['receiveGuestEvent']>
export type GuardOutcome = BodyOf<Routes['receiveGuestOutcome']>

export interface GuardClientOptions {
  /** Where Coffer answers, without a slash at its end. */
  readonly baseUrl: string
  /** What `COFFER_GUARD_TOKEN` says over there. */
  readonly token: string
  /** For one try; default 1,000. */
  readonly timeoutMs?: number
  /** Tries of one question, all under one key; default 3. */
  readonly tries?: number
  /** What to do when the guard does not answer: never `allow` by itself. Default `challenge`. */
  readonly whenSilent?: 'challenge' | 'hold' | 'deny'
  readonly fetch?: typeof globalThis.fetch
}

/** The guard's decision, or what was agreed for when it is silent. */
export type Decided =
  | ({ readonly answered: true } & GuardDecision)
  | { readonly answered: false; readonly outcome: 'challenge' | 'hold' | 'deny' }

/** The guard refused the request itself: a mistake of the caller's, to be mended in his code. */
export class GuardRefusal extends Error {
  readonly status: number
  /** Stable; docs/reference/errors.md explains each. */
  readonly code: string
  readonly param: string | null

  constructor(status: number, problem: { code?: string; param?: string; detail?: string }) {
    super(`${problem.code ?? 'unknown'}: ${problem.detail ?? ''} ${problem.param ?? ''}`.trim())
    this.name = 'GuardRefusal'
    this.status = status
    this.code = problem.code ?? 'unknown'
    this.param = problem.param ?? null
  }
}

/**
 * The guard of another process. `key` is an id of the caller's own for one question (8 to 255
 * printable characters): asked again under it, after a crash or a lost answer, the guard answers
 * as before. Rejects with GuardRefusal only.
 */
export interface GuardClient {
  decide(key: string, question: GuardQuestion): Promise<Decided>
  /** false: the guard is silent; tell it again under the same key. */
  tell(key: string, event: GuardEvent): Promise<boolean>
  /** The same. */
  conclude(key: string, decisionId: string, outcome: GuardOutcome): Promise<boolean>
}

/** Talks to a guard. Time-boxed; what has passed (503, no answer) is tried again. */
export function createGuardClient(options: GuardClientOptions): GuardClient {
  const { baseUrl, token, timeoutMs = 1_000, tries = 3, whenSilent = 'challenge' } = options
  const { fetch = globalThis.fetch } = options

  /** undefined: no answer that anything follows from. */
  async function ask(path: string, key: string, body: unknown): Promise<unknown> {
    for (let left = tries; left > 0; left -= 1) {
      const response = await send(path, key, body).catch(() => null)
      if (response === null || response.status >= 500) continue
      const answer: unknown = await response.json().catch(() => undefined)
      if (response.ok) return answer
      throw new GuardRefusal(response.status, problemIn(answer))
    }
    return undefined
  }

  function send(path: string, key: string, body: unknown): Promise<Response> {
    return fetch(baseUrl + path, {
      method: 'POST',
      redirect: 'error',
      signal: AbortSignal.timeout(timeoutMs),
      headers: {
        'content-type': 'application/json',
        authorization: `Bearer ${token}`,
        'idempotency-key': key,
      },
      body: JSON.stringify(body),
    })
  }

  return {
    async decide(key, question) {
      const answer = await ask('/v1/decisions', key, question)
      if (answer === undefined) return { answered: false, outcome: whenSilent }
      return { answered: true, ...(answer as GuardDecision) }
    },
    async tell(key, event) {
      return (await ask('/v1/events', key, event)) !== undefined
    },
    async conclude(key, decisionId, outcome) {
      const path = `/v1/decisions/${encodeURIComponent(decisionId)}/outcome`
      return (await ask(path, key, outcome)) !== undefined
    },
  }
}

function problemIn(answer: unknown): { code?: string; param?: string; detail?: string } {
  return typeof answer === 'object' && answer !== null ? answer : {}
}
