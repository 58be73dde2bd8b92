import type {
  AnswerOf,
  BodyOf,
  ParamsOf,
  Problem,
  QueryOf,
  RouteName,
  Routes,
  headers,
} from '#contract'

type ByEndpoint = {
  [Name in RouteName as `${Routes[Name]['method']} ${Routes[Name]['path']}`]: Routes[Name]
}
export type Endpoint = keyof ByEndpoint

type Given<Name extends string, Value> = undefined extends Value
  ? { [Key in Name]?: undefined }
  : { [Key in Name]: Value }

/** What a call of this endpoint needs: parameters, query and body, each only where it has one. */
export type CallInput<E extends Endpoint> = Given<'params', ParamsOf<ByEndpoint[E]>> &
  Given<'query', QueryOf<ByEndpoint[E]>> &
  Given<'body', BodyOf<ByEndpoint[E]>> & {
    /** Keep it for a retry of the same act; left out, each call gets its own. */
    idempotencyKey?: string
    signal?: AbortSignal
  }
export type CallAnswer<E extends Endpoint> = AnswerOf<ByEndpoint[E]>

// The names are the contract's; only its types are imported, so that no zod reaches the browser.
const csrfHeader: (typeof headers)['csrf'] = 'x-coffer-csrf'
const deviceHeader: (typeof headers)['device'] = 'x-coffer-device'
const keyHeader: (typeof headers)['idempotencyKey'] = 'idempotency-key'

/** A refusal of the server, with its code; `status` 0 when the server could not be reached. */
export class ApiError extends Error {
  override readonly name = 'ApiError'
  readonly status: number
  readonly code: Problem['code'] | 'unreachable'
  readonly param: string | undefined
  readonly requestId: string | undefined

  constructor(problem: Partial<Problem>, status: number) {
    super(problem.detail ?? problem.title ?? 'The server could not be reached.')
    this.status = status
    this.code = problem.code ?? (status === 0 ? 'unreachable' : 'internal')
    this.param = problem.param
    this.requestId = problem.request_id
  }
}

/** 128 random bits; works on plain http too, where crypto.randomUUID does not exist. */
export function freshKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  return `web-${[...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')}`
}

export interface Api {
  call: <E extends Endpoint>(endpoint: E, input: CallInput<E>) => Promise<CallAnswer<E>>
  /** An answer that is not JSON, read as text. */
  text: (path: string, signal: AbortSignal) => Promise<string>
  /** From every sign-in answer and from `me`; sent with every change from then on. */
  setCsrf(token: string | undefined): void
  setDevice(id: string | undefined): void
}

/** Talks to the server the page came from. Throws ApiError. */
export function createApi(): Api {
  let csrf: string | undefined
  let device: string | undefined

  async function call<E extends Endpoint>(endpoint: E, input: CallInput<E>) {
    const [method = 'GET', path = ''] = endpoint.split(' ')
    const isChange = method !== 'GET'
    const response = await send(urlOf(path, input), {
      method,
      credentials: 'same-origin',
      headers: {
        accept: 'application/json',
        ...(isChange ? { 'content-type': 'application/json' } : {}),
        ...(isChange ? { [keyHeader]: input.idempotencyKey ?? freshKey() } : {}),
        ...(isChange && csrf !== undefined ? { [csrfHeader]: csrf } : {}),
        ...(device === undefined ? {} : { [deviceHeader]: device }),
      },
      ...(isChange ? { body: JSON.stringify(input.body ?? {}) } : {}),
      ...(input.signal === undefined ? {} : { signal: input.signal }),
    })
    const answer = await bodyOf(response)
    if (!response.ok) throw new ApiError(answer as Partial<Problem>, response.status)
    return answer as CallAnswer<E>
  }

  async function text(path: string, signal: AbortSignal): Promise<string> {
    const response = await send(path, { credentials: 'same-origin', signal })
    if (response.ok) return response.text()
    throw new ApiError((await bodyOf(response)) as Partial<Problem>, response.status)
  }

  return {
    call,
    text,
    setCsrf: (token) => {
      csrf = token
    },
    setDevice: (id) => {
      device = id
    },
  }
}

function urlOf(path: string, input: { params?: unknown; query?: unknown }): string {
  const params = (input.params ?? {}) as Record<string, string>
  const filled = path.replace(/:(\w+)/g, (_, name: string) =>
    encodeURIComponent(params[name] ?? ''),
  )
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries((input.query ?? {}) as Record<string, unknown>)) {
    if (value !== undefined) query.set(name, String(value))
  }
  const text = query.toString()
  return text === '' ? filled : `${filled}?${text}`
}

async function send(url: string, options: RequestInit): Promise<Response> {
  try {
    return await fetch(url, options)
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error
    throw new ApiError({}, 0)
  }
}

async function bodyOf(response: Response): Promise<unknown> {
  try {
    return await response.json()
  } catch {
    if (response.ok) throw new ApiError({ detail: 'The answer could not be read.' }, 502)
    return {}
  }
}
