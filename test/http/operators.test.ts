import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Board, Decision, Review, ReviewSummary } from '#contract'
import { startTestServer, type TestServer } from '../support/test-server.ts'
import { ask, bringMoney, signUp, type Browser } from './http-client.ts'
import { desk, type Desk } from './operator-client.ts'

let server: TestServer
let payer: Browser
let payee: Browser
let analyst: Desk
let claims: Desk
before(async () => {
  server = await startTestServer({ policy: 'today', jobs: true })
  payer = await signUp(server, '+8613800000001')
  payee = await signUp(server, '+8613800000002', 'Wang Wei')
  await bringMoney(server, payer, '1000.00')
  analyst = await desk(server, 'ana', ['analyst'])
  claims = await desk(server, 'cleo', ['claims'])
})
after(async () => {
  await server.close()
})

const controlled = { 'x-coffer-signals': '{"remote_control":true}' }

/** A payment that the guard holds: somebody controls the payer's phone. Answers its review. */
async function held(amount: string): Promise<ReviewSummary> {
  const body = { payee: { phone: payee.phone }, amount, source: 'wallet' }
  const made = await payer.post('/v1/payments', body, controlled)
  assert.equal(made.body['state'], 'held', JSON.stringify(made.body))
  const queue = await analyst.get('/v1/operator/reviews')
  const reviews = queue.body['data'] as ReviewSummary[]
  const review = reviews.find(({ payment_id }) => payment_id === made.body['id'])
  assert.ok(review)
  return review
}

test('staff sign in with a cookie of their own', async () => {
  const me = await analyst.get('/v1/operator/me')
  assert.equal(me.body['login'], 'ana')
  assert.deepEqual(me.body['roles'], ['analyst'])
  assert.match(String(analyst.headers['cookie']), /^coffer_operator=/)
  const nobody = await ask(server, '/v1/operator/board', { headers: payer.headers })
  assert.equal(nobody.body.code, 'sign_in_required')
})

test('an analyst sees why a payment is held and lets it go, once', async () => {
  const review = await held('20.00')
  const seen = (await analyst.get(`/v1/operator/reviews/${review.id}`)).body as unknown as Review
  assert.equal(seen.payment_state, 'held')
  assert.equal(seen.policy.name, 'today')
  const hits = seen.rules.filter(({ result }) => result === 'hit')
  assert.ok(hits.some(({ code }) => code === 'REMOTE_CONTROL'))
  assert.ok(seen.rules.length >= 10, 'every rule that is asked at a payment is shown')
  assert.equal(seen.facts['remoteControl'], 'yes')
  assert.ok(seen.timeline.some(({ kind, outcome }) => kind === 'decision' && outcome === 'hold'))
  assert.ok(seen.timeline.some(({ kind }) => kind === 'device'))
  const word = { decision: 'release', label: 'false_alarm', reason: 'called the customer back' }
  const path = `/v1/operator/reviews/${review.id}/decide`
  assert.equal((await claims.post(path, word)).body.code, 'role_forbidden')
  const key = { 'idempotency-key': 'one-decision-of-ana' }
  const decided = await analyst.post(path, word, key)
  assert.equal(decided.status, 200, JSON.stringify(decided.body))
  assert.equal(decided.body['payment_state'], 'posted')
  assert.deepEqual(decided.body['decided'], {
    decision: 'release',
    label: 'false_alarm',
    reason: 'called the customer back',
    operator_name: 'ANA',
    at: (decided.body['decided'] as { at: string }).at,
  })
  assert.deepEqual((await analyst.post(path, word, key)).body, decided.body)
  assert.equal((await analyst.post(path, word)).body.code, 'review_ended')
  const short = { ...word, reason: 'x' }
  assert.equal((await analyst.post(path, short)).body.code, 'request_malformed')
})

test('a voided payment is back with the payer, who is told', async () => {
  // Newest first is told by time: the clock of this server stands still.
  await analyst.post('/v1/test-clock', { advance_seconds: 1 })
  const review = await held('30.00')
  const before = (await payer.get('/v1/wallet')).body['wallet'] as { held: string }
  assert.equal(before.held, '30.00')
  const word = { decision: 'void', label: 'confirmed_theft', reason: 'not the customer at all' }
  await analyst.post(`/v1/operator/reviews/${review.id}/decide`, word)
  const after = (await payer.get('/v1/wallet')).body['wallet'] as { held: string }
  assert.equal(after.held, '0.00')
  const ended = await analyst.get('/v1/operator/reviews?state=ended&limit=1')
  assert.equal((ended.body['data'] as ReviewSummary[])[0]?.id, review.id)
  assert.equal(ended.body['has_more'], true)
})

test('every decision can be replayed from its stored facts to the same end', async () => {
  const path = `/v1/operator/decisions?customer_id=${payer.customerId}&limit=2`
  const first = await analyst.get(path)
  const page = first.body['data'] as { id: string }[]
  assert.equal(page.length, 2)
  assert.equal(first.body['has_more'], true)
  const rest = await analyst.get(`${path}&starting_after=${page[1]?.id}`)
  const ids = [...page, ...(rest.body['data'] as { id: string }[])].map(({ id }) => id)
  assert.equal(new Set(ids).size, ids.length)
  for (const id of ids) {
    const seen = (await analyst.get(`/v1/operator/decisions/${id}`)).body as unknown as Decision
    const { equal, outcome, score } = seen.replay
    assert.deepEqual(
      { equal, outcome, score },
      {
        equal: true,
        outcome: seen.outcome,
        score: seen.score,
      },
    )
  }
  const none = await analyst.get('/v1/operator/decisions/dec_none')
  assert.equal(none.body.code, 'decision_not_found')
})

test('the board counts what happened and balances', async () => {
  const board = (await analyst.get('/v1/operator/board')).body as unknown as Board
  assert.equal(board.trial_balance, '0.00')
  assert.equal(board.policy.name, 'today')
  assert.equal(board.totals.customers, 2)
  assert.equal(board.clock_rate, 0)
  assert.equal(board.theft_rates.per_100k_payments.numerator, 0)
  assert.ok((board.theft_rates.per_100k_payments.high ?? 0) > 0)
  assert.ok(board.decisions.hold >= 2)
})

test('the board comes as a stream while somebody listens, one picture a second', async () => {
  const ending = new AbortController()
  const response = await fetch(`${server.url}/v1/operator/board/stream`, {
    headers: analyst.headers,
    signal: ending.signal,
  })
  assert.equal(response.status, 200)
  assert.match(String(response.headers.get('content-type')), /^text\/event-stream/)
  assert.equal(response.headers.get('x-content-type-options'), 'nosniff')
  const decoder = new TextDecoder()
  let text = ''
  for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) {
    text += decoder.decode(chunk)
    if (text.split('data: ').length > 2) break
  }
  ending.abort()
  const [picture = ''] = text.split('data: ')[1]?.split('\n') ?? []
  assert.equal((JSON.parse(picture) as Board).currency, 'CNY')
  const nobody = await ask(server, '/v1/operator/board/stream')
  assert.equal(nobody.status, 401)
})

test('staff freeze anybody, and only some may lift it', async () => {
  const path = `/v1/operator/customers/${payee.customerId}`
  const frozen = await analyst.post(`${path}/freeze`, { reason: 'mule, says the police' })
  assert.equal((frozen.body['customer'] as { status: string }).status, 'frozen')
  assert.equal((await analyst.post(`${path}/unfreeze`, {})).body.code, 'role_forbidden')
  const lifted = await claims.post(`${path}/unfreeze`, {})
  assert.equal((lifted.body['customer'] as { status: string }).status, 'active')
  assert.equal((await claims.post(`${path}/unfreeze`, {})).body.code, 'customer_not_frozen')
  const nobody = '/v1/operator/customers/cus_nobody/freeze'
  const answer = await analyst.post(nobody, { reason: 'mule, says the police' })
  assert.equal(answer.body.code, 'customer_not_found')
})

test('a change by staff needs the CSRF token of their own session', async () => {
  const { cookie = '' } = analyst.headers
  const headers = { cookie, 'x-coffer-csrf': payer.headers['x-coffer-csrf'] ?? '' }
  const body = { rate: 1 }
  const answer = await ask(server, '/v1/test-clock', { body, headers })
  assert.equal(answer.body.code, 'csrf_failed')
})

test('the test clock runs forward only', async () => {
  const before = (await analyst.get('/v1/test-clock')).body as { now: string }
  const moved = await analyst.post('/v1/test-clock', { advance_seconds: 3_600 })
  assert.equal(Date.parse(String(moved.body['now'])) - Date.parse(before.now), 3_600_000)
  const back = await analyst.post('/v1/test-clock', { to: before.now })
  assert.equal(back.body.code, 'clock_backwards')
  const both = { to: before.now, advance_seconds: 1 }
  assert.equal((await analyst.post('/v1/test-clock', both)).body.code, 'request_malformed')
})

test('a simulated phone is read, forwarded and swapped', async () => {
  const path = `/v1/simulator/phones/${encodeURIComponent(payer.phone)}`
  const inbox = await ask(server, `${path}/messages`)
  const [message] = inbox.body['messages'] as { text: string; sent_to: string }[]
  assert.match(message?.text ?? '', /code is \d{6}/)
  const own = inbox.body['own_device'] as { id: string } | null
  assert.equal(own?.id, payer.deviceId)
  const nobody = await ask(server, '/v1/simulator/phones/%2B8613899999999/messages')
  assert.equal(nobody.body['own_device'], null)
  const forwarded = await ask(server, `${path}/forwarding`, { body: { to: payee.phone } })
  assert.equal(forwarded.body['forwarding_to'], payee.phone)
  const stopped = await ask(server, `${path}/forwarding`, { body: { to: null } })
  assert.equal(stopped.body['forwarding_to'], null)
  const swapped = await ask(server, `${path}/sim-swap`, { body: { held_by: payee.phone } })
  assert.ok(swapped.body['sim_swapped_at'])
})
