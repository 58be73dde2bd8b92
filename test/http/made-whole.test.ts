import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Board, Claim, Notice, OperatorClaim, Report } from '#contract'
import { day, second } from '#kernel'
import { startTestServer, type TestServer } from '../support/test-server.ts'
import { ask, bringMoney, browserOf, password, signUp, type Browser } from './http-client.ts'
import { desk, type Desk } from './operator-client.ts'

let server: TestServer
let victim: Browser
let mule: Browser
let claims: Desk
let supervisor: Desk
before(async () => {
  server = await startTestServer({ jobs: true })
  const cover = await server.flows.bindCover({
    reference: 'cov_test',
    insurer: 'Test Insurance',
    startsOn: '2026-01-01',
    endsOn: '2026-12-31',
    perEventLimit: 1_000_000_00n,
    aggregateLimit: 10_000_000_00n,
    deductible: 0n,
    premiumPerMillion: 3_333_333n,
  })
  assert.ok(cover.ok)
  victim = await signUp(server, '+8613800000001')
  mule = await signUp(server, '+8613800000002', 'Wang Wei')
  claims = await desk(server, 'cleo', ['claims'])
  supervisor = await desk(server, 'sue', ['supervisor'])
})
after(async () => {
  await server.close()
})

async function signInAgain(browser: Browser): Promise<Browser> {
  const device = { id: browser.deviceId, name: 'Phone' }
  const body = { phone: browser.phone, password, device }
  return browserOf(server, browser.phone, await ask(server, '/v1/sign-in', { body }))
}

/** The mule withdraws what he got; the victim reports; the claim is put before the desk. */
async function theft(): Promise<{ reportId: string; claimId: string }> {
  await bringMoney(server, victim, '1000.00')
  const account = await bringMoney(server, mule, '10.00')
  await server.flows.advanceClock({ to: server.lane.now() + day })
  const body = { payee: { phone: mule.phone }, amount: '400.00', source: 'wallet' }
  const stolen = await victim.post('/v1/payments', body)
  assert.equal(stolen.body['state'], 'posted')
  const out = { bank_account_id: account, amount: '300.00' }
  assert.equal((await mule.post('/v1/withdrawals', out)).body['state'], 'settled')
  const reported = await victim.post('/v1/reports', { payment_ids: [stolen.body['id']] })
  const report = reported.body as unknown as Report
  assert.equal(reported.status, 201, JSON.stringify(reported.body))
  assert.deepEqual(
    { disputed: report.disputed, stopped: report.stopped, whole: report.whole },
    { disputed: '400.00', stopped: '0.00', whole: false },
  )
  await server.flows.runDue('all')
  return { reportId: report.id, claimId: report.claim?.id ?? '' }
}

test('a victim is made whole: recalled, decided by two people, paid by the insurer', async () => {
  const { reportId, claimId } = await theft()
  // A report ends every session until then, the reporter's own too.
  assert.equal((await victim.get('/v1/me')).body.code, 'session_expired')
  await server.flows.advanceClock({ to: server.lane.now() + second })
  victim = await signInAgain(victim)
  assert.equal((await victim.get('/v1/me')).body['open_report_id'], reportId)
  const path = `/v1/operator/claims/${claimId}`
  const word = { decision: 'approve', reason: 'hijacked, no doubt' }
  const before = (await claims.get(path)).body as unknown as OperatorClaim
  assert.equal(before.next_step, 'first_approval')
  assert.ok(before.may_decide && before.evidence.length >= 4)
  const first = (await claims.post(`${path}/approve`, word)).body as unknown as OperatorClaim
  assert.equal(first.next_step, 'second_approval')
  assert.equal(first.may_decide, false)
  assert.equal((await claims.post(`${path}/approve`, word)).body.code, 'approver_is_maker')
  const open = (await supervisor.get('/v1/operator/claims?state=open')).body['data']
  assert.deepEqual(
    (open as OperatorClaim[]).map(({ may_decide }) => may_decide),
    [true],
  )
  const agreed = (await supervisor.post(`${path}/approve`, word)).body as unknown as OperatorClaim
  assert.deepEqual(
    agreed.approvals.map(({ operator_name }) => operator_name),
    ['CLEO', 'SUE'],
  )
  await server.flows.advanceClock({ to: server.lane.now() + 3 * day })
  const report = (await victim.get(`/v1/reports/${reportId}`)).body as unknown as Report
  assert.equal(report.whole, true, JSON.stringify(report.claim))
  assert.ok(report.milestones.every(({ state }) => state === 'done'))
  const [claim] = (await victim.get('/v1/claims')).body['data'] as Claim[]
  // 100.00 and the mule's own 10.00 were still there.
  assert.deepEqual(
    { recovered: claim?.recovered, paid: claim?.paid_by_insurer, returned: claim?.returned },
    { recovered: '110.00', paid: '290.00', returned: '400.00' },
  )
  const wallet = (await victim.get('/v1/wallet')).body as { total: string }
  assert.equal(wallet.total, '1000.00')
  assert.equal((await supervisor.post(`${path}/approve`, word)).body.code, 'claim_not_open')
  assert.equal((await supervisor.get('/v1/operator/claims/clm_none')).body.code, 'claim_not_found')
  const board = (await supervisor.get('/v1/operator/board')).body as unknown as Board
  assert.deepEqual(board.thefts, {
    attempted: '400.00',
    intercepted: '0.00',
    lost: '400.00',
    recovered: '110.00',
    made_whole: '290.00',
  })
  const { attempts_per_100k_payments: attempts, ...counts } = board.theft_counts
  assert.deepEqual(counts, { attempted: 1, intercepted: 0, succeeded: 1, unconfirmed: 0 })
  assert.deepEqual([attempts.numerator, attempts.denominator], [1, board.totals.payments])
  assert.equal(board.theft_rates.per_100k_payments.numerator, 1)
})

test('the victim can read what he was told, page by page', async () => {
  const all = (await victim.get('/v1/notices?limit=100')).body['data'] as Notice[]
  assert.ok(all.length >= 4)
  const seen: string[] = []
  for (let after = ''; ;) {
    const page = await victim.get(`/v1/notices?limit=3${after}`)
    const data = page.body['data'] as Notice[]
    seen.push(...data.map(({ id }) => id))
    if (page.body['has_more'] !== true) break
    after = `&starting_after=${data.at(-1)?.id}`
  }
  assert.deepEqual(
    seen,
    all.map(({ id }) => id),
  )
})

test('the statement shows every posting once, and ends at the balance', async () => {
  const lines: { id: string; account: string; balance: string }[] = []
  for (let after = ''; ;) {
    const page = await victim.get(`/v1/statement?limit=2${after}`)
    const data = page.body['data'] as typeof lines
    lines.push(...data)
    if (page.body['has_more'] !== true) break
    after = `&starting_after=${data.at(-1)?.id}`
  }
  assert.equal(new Set(lines.map(({ id }) => id)).size, lines.length)
  assert.equal(lines.find(({ account }) => account === 'wallet')?.balance, '1000.00')
})
