import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createIds, createSeededRandom } from '#kernel'
import { createBankOverHttp } from './bank/http-adapter.ts'
import { createHttpCall } from './http-call.ts'
import { z } from 'zod'

const ids = createIds(createSeededRandom(1))

interface Seen {
  url: string
  init: RequestInit
}

function partner(reply: () => Response | Promise<Response>) {
  const seen: Seen[] = []
  const fetch: typeof globalThis.fetch = async (url, init) => {
    seen.push({ url: String(url), init: init ?? {} })
    return reply()
  }
  return { seen, options: { baseUrl: 'http://bank.example', ids, token: 'secret', fetch } }
}

test('a question carries token, correlator and amounts as decimal strings', async () => {
  const { seen, options } = partner(() => Response.json({}))
  const call = createHttpCall(options)
  await call({ path: '/collections', body: { amount: 1_234n }, answer: z.object({}) })
  const [{ url, init } = { url: '', init: {} }] = seen
  assert.equal(url, 'http://bank.example/collections')
  assert.equal(init.body, '{"amount":"12.34"}')
  const headers = new Headers(init.headers)
  assert.equal(headers.get('authorization'), 'Bearer secret')
  assert.match(headers.get('x-correlator') ?? '', /^cor_/)
  assert.equal(init.redirect, 'error')
})

test('an answer that is not understood decides nothing', async () => {
  const answers = [
    () => Response.json({ balance: 12.5 }),
    () => Response.json({ balance: '12.345' }),
    () => new Response('<html>', { status: 200 }),
    () => new Response('<html>', { status: 404 }),
    () => Response.json({ status: 422, code: 'new_code', message: '' }, { status: 422 }),
  ]
  for (const answer of answers) {
    const bank = createBankOverHttp(partner(answer).options)
    assert.deepEqual(await bank.balance('reserve'), { ok: false, error: 'malformed_answer' })
  }
})

test('an unreachable partner is unavailable', async () => {
  const bank = createBankOverHttp(
    partner(() => Promise.reject(new TypeError('fetch failed'))).options,
  )
  assert.deepEqual(await bank.balance('reserve'), { ok: false, error: 'unavailable' })
})
