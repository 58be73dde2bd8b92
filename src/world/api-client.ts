import { cookies, headers } from '#contract'
import { InvariantError } from '#kernel'

/** In it a simulated device names its network; only servers with a test clock read it. */
const networkHeader = 'x-coffer-simulated-network'

export interface ApiAnswer {
  readonly status: number
  /** Parsed JSON; its shape is what the route's contract says. */
  // oxlint-disable-next-line typescript/no-explicit-any -- answers are read by path, checked there
  readonly body: any
}

/** One browser or app: it keeps its cookie, its CSRF token and the id its device was given. */
export interface ApiClient {
  get(path: string): Promise<ApiAnswer>
  post(path: string, body: object): Promise<ApiAnswer>
  /** The session's token, which a thief may copy. */
  readonly token: string | null
  deviceId: string | undefined
  csrf: string | null
  /** Uses somebody else's session from this device and network. */
  steal(from: ApiClient): void
}

export interface ApiClientOptions {
  readonly baseUrl: string
  readonly network: string
  /** Makes idempotency keys; seeded, so that a run can be repeated. */
  readonly nextKey: () => string
  readonly as?: 'customer' | 'operator'
}

/** Speaks to the server as a real client does: over HTTP, with a session cookie. */
export function createApiClient(options: ApiClientOptions): ApiClient {
  const { baseUrl, network, nextKey, as = 'customer' } = options
  const cookieName = cookies[as]
  let token: string | null = null

  async function send(method: string, path: string, body?: object): Promise<ApiAnswer> {
    const answer = await fetch(`${baseUrl}${path}`, {
      method,
      headers: {
        [networkHeader]: network,
        ...(client.deviceId === undefined ? {} : { [headers.device]: client.deviceId }),
        ...(token === null ? {} : { cookie: `${cookieName}=${token}` }),
        ...(client.csrf === null ? {} : { [headers.csrf]: client.csrf }),
        ...(method === 'POST' ? { [headers.idempotencyKey]: nextKey() } : {}),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    for (const cookie of answer.headers.getSetCookie()) {
      const match = new RegExp(`^${cookieName}=([^;]*)`).exec(cookie)
      if (match !== null) token = match[1] === '' ? null : (match[1] ?? null)
    }
    const text = await answer.text()
    const parsed = text === '' ? {} : JSON.parse(text)
    const me = parsed.me ?? parsed
    if (typeof me.csrf_token === 'string') client.csrf = me.csrf_token
    if (typeof me.device?.id === 'string' && parsed.me !== undefined) client.deviceId = me.device.id
    return { status: answer.status, body: parsed }
  }

  const client: ApiClient = {
    get: (path) => send('GET', path),
    post: (path, body) => send('POST', path, body),
    get token() {
      return token
    },
    deviceId: undefined,
    csrf: null,
    steal(from) {
      token = from.token
      client.csrf = from.csrf
    },
  }
  return client
}

/** The answer's body, or an error that says what the server said instead. */
export function expectOk(answer: ApiAnswer, what: string): ApiAnswer['body'] {
  if (answer.status < 300) return answer.body
  throw new InvariantError(`${what}: ${answer.status} ${JSON.stringify(answer.body)}`)
}
