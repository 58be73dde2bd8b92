import type { TestServer } from '../support/test-server.ts'

export interface Answer {
  readonly status: number
  readonly headers: Headers
  readonly body: Record<string, unknown> & { code?: string; param?: string }
  /** `name=value` of the session cookie that was set. */
  readonly cookie: string | undefined
}

export interface Ask {
  readonly method?: string
  readonly body?: unknown
  readonly headers?: Record<string, string>
}

/** One request as a browser without manners sends it. */
export async function ask(server: Pick<TestServer, 'url'>, path: string, wish: Ask = {}) {
  const { method = wish.body === undefined ? 'GET' : 'POST', body, headers = {} } = wish
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  const response = await fetch(server.url + path, {
    method,
    headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
    ...(body === undefined ? {} : { body: text }),
  })
  const raw = await response.text()
  const cookie = response.headers.getSetCookie()[0]?.split(';')[0]
  const json = /json/.test(response.headers.get('content-type') ?? '')
  const answer: Answer = {
    status: response.status,
    headers: response.headers,
    body: json ? (JSON.parse(raw) as Answer['body']) : { text: raw },
    cookie,
  }
  return answer
}

/** A signed-in customer's browser: cookie, CSRF token, device, and a key for every change. */
export interface Browser {
  readonly customerId: string
  readonly deviceId: string
  readonly phone: string
  readonly headers: Record<string, string>
  get(path: string): Promise<Answer>
  post(path: string, body: unknown, headers?: Record<string, string>): Promise<Answer>
}

export const password = 'correct horse battery staple'
let keys = 0

export function freshKey(): string {
  keys += 1
  return `test-key-${keys}`
}

export async function signUp(server: TestServer, phone: string, name = 'Li Na'): Promise<Browser> {
  await ask(server, '/v1/codes', { body: { phone, purpose: 'sign_up' } })
  const code = await lastCode(server, phone)
  const device = { name: 'Phone' }
  const id_number = '110101199003071233'
  const body = { phone, code, name, id_number, password, device }
  return browserOf(server, phone, await ask(server, '/v1/sign-up', { body }))
}

export async function lastCode(server: TestServer, phone: string): Promise<string> {
  const [latest] = (await server.simulators?.carrier.inbox(phone)) ?? []
  const code = /\b\d{6}\b/.exec(latest?.text ?? '')?.[0]
  if (code === undefined) throw new Error(`no code for ${phone}`)
  return code
}

interface MeBody {
  readonly customer: { readonly id: string }
  readonly device: { readonly id: string }
  readonly csrf_token: string
}

export function browserOf(server: TestServer, phone: string, signedIn: Answer): Browser {
  const me = signedIn.body['me'] as MeBody | undefined
  if (me === undefined) throw new Error(`not signed in: ${JSON.stringify(signedIn.body)}`)
  const headers = {
    cookie: signedIn.cookie ?? '',
    'x-coffer-csrf': me.csrf_token,
    'x-coffer-device': me.device.id,
  }
  return {
    customerId: me.customer.id,
    deviceId: me.device.id,
    phone,
    headers,
    get: (path) => ask(server, path, { headers }),
    post: (path, body, more = {}) =>
      ask(server, path, {
        body,
        headers: { ...headers, 'idempotency-key': freshKey(), ...more },
      }),
  }
}

/** Links a bank account, waits out its cool-off and brings money in. Answers the account's id. */
export async function bringMoney(
  server: TestServer,
  browser: Pick<Browser, 'phone' | 'post'>,
  amount: string,
): Promise<string> {
  const account_number = `622200${browser.phone.slice(-10)}`
  const linked = await browser.post('/v1/bank-accounts', { account_number })
  const account = linked.body['account'] as { id: string } | null
  if (account === null || account === undefined) throw new Error(JSON.stringify(linked.body))
  const topped = await browser.post('/v1/top-ups', { bank_account_id: account.id, amount })
  if (topped.body['state'] !== 'settled') throw new Error(JSON.stringify(topped.body))
  return account.id
}
