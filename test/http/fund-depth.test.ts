import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { localInstant } from '#kernel'
import { startTestServer, type TestServer } from '../support/test-server.ts'
import { bringMoney, signUp, type Browser } from './http-client.ts'
import { desk, type Desk } from './operator-client.ts'

let server: TestServer
let anna: Browser
let boss: Desk
let analyst: Desk

before(async () => {
  server = await startTestServer()
  anna = await signUp(server, '+8613800000001')
  await bringMoney(server, anna, '10000.00')
  boss = await desk(server, 'boss', ['supervisor'])
  analyst = await desk(server, 'ana', ['analyst'])
})
after(() => server.close())

async function goTo(date: string, time: string): Promise<void> {
  const moved = await server.flows.advanceClock({ to: localInstant(date, time) })
  assert.ok(moved.ok, moved.ok ? '' : moved.error.code)
}

/** The first local day on which the server's clock has not yet begun, and those after it. */
function days(): { today: string; time: number } {
  const now = server.lane.now()
  const shifted = new Date(now + 8 * 3_600_000).toISOString()
  return { today: shifted.slice(0, 10), time: now }
}

describe('an order over HTTP', () => {
  test('is taken back once, by its owner, and the money is in the wallet again', async () => {
    const placed = await anna.post('/v1/fund/subscriptions', { amount: '1000.00' })
    assert.equal(placed.status, 201)
    const path = `/v1/fund/orders/${String(placed.body['id'])}/cancel`
    const cancelled = await anna.post(path, {})
    assert.equal(cancelled.status, 200)
    assert.equal(cancelled.body['state'], 'cancelled')
    assert.equal((await anna.post(path, {})).body.code, 'order_not_open')
    const other = await signUp(server, '+8613800000009', 'Wang Wei')
    assert.equal((await other.post(path, {})).body.code, 'order_not_found')
    assert.equal((await anna.post('/v1/fund/orders/nonsense/cancel', {})).status, 400)
    const wallet = (await anna.get('/v1/wallet')).body['wallet']
    const whole = { posted: '10000.00', pending: '0.00', available: '10000.00', held: '0.00' }
    assert.deepEqual(wallet, whole)
  })
})

describe('a standing order over HTTP', () => {
  test('is set, shown, carried out at 14:00 of each day, and ended', async () => {
    const none = await anna.get('/v1/fund/standing-order')
    assert.deepEqual([none.body['active'], none.body['wallet_keeps']], [false, null])
    assert.equal(none.body['carried_out_at'], '14:00')
    const bad = ['-1.00', '1.001', '1e3', 'all', '']
    for (const wallet_keeps of bad) {
      const refused = await anna.post('/v1/fund/standing-order', { wallet_keeps })
      assert.equal(refused.status, 400, wallet_keeps)
    }
    const gone = await anna.post('/v1/fund/standing-order/clear', {})
    assert.equal(gone.body.code, 'standing_order_not_found')
    const set = await anna.post('/v1/fund/standing-order', { wallet_keeps: '9000.00' })
    assert.deepEqual([set.status, set.body['wallet_keeps']], [200, '9000.00'])
    const { today } = days()
    const next = new Date(Date.parse(`${today}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10)
    await goTo(next, '13:59:59')
    const before = await anna.get('/v1/fund/orders')
    await goTo(next, '14:00:00')
    const orders = (await anna.get('/v1/fund/orders')).body['data'] as { amount: string }[]
    const first = (before.body['data'] as unknown[]).length
    assert.ok(orders.length >= 2 && orders.length <= first + 1)
    assert.equal(orders[0]?.amount, '1000.00')
    const wallet = (await anna.get('/v1/wallet')).body['wallet'] as { available: string }
    assert.equal(wallet.available, '9000.00')
    const ended = await anna.post('/v1/fund/standing-order/clear', {})
    assert.deepEqual([ended.status, ended.body['active']], [200, false])
    const again = await anna.post('/v1/fund/standing-order/clear', {})
    assert.equal(again.body.code, 'standing_order_not_found')
  })
})

describe('the fund for its operator', () => {
  test('is suspended by its shadow price, for all on duty to see, and opened again', async () => {
    const { today } = days()
    const open = await analyst.get('/v1/operator/fund')
    assert.equal(open.body['subscriptions'], 'open')
    const record = (shadow_nav: string) =>
      boss.post('/v1/operator/fund/shadow-prices', { date: today, shadow_nav })
    const refused = await analyst.post('/v1/operator/fund/shadow-prices', {
      date: today,
      shadow_nav: '0.99',
    })
    assert.equal(refused.status, 403)
    assert.equal((await record('2.0')).status, 400)
    const watched = await record('0.997400')
    assert.deepEqual(watched.body['shadow_prices'], [
      { date: today, deviation: '-0.2600', alert: 'watch' },
    ])
    const stopped = await record('1.005')
    assert.equal(stopped.body['subscriptions'], 'suspended')
    const order = await anna.post('/v1/fund/subscriptions', { amount: '1.00' })
    assert.equal(order.body.code, 'subscriptions_suspended')
    assert.equal((await analyst.get('/v1/operator/fund')).body['subscriptions'], 'suspended')
    assert.equal((await record('1.0001')).body['subscriptions'], 'open')
    const ahead = await boss.post('/v1/operator/fund/shadow-prices', {
      date: '2026-12-31',
      shadow_nav: '1.0',
    })
    assert.deepEqual([ahead.body.code, ahead.body.param], ['request_malformed', 'date'])
  })

  test('has a quota and a gate that a supervisor sets', async () => {
    const limits = { daily_quota: '0.01', gate_percent: '12.5' }
    const set = await boss.post('/v1/operator/fund/limits', limits)
    assert.deepEqual([set.body['daily_quota'], set.body['gate_percent']], ['0.01', '12.5'])
    const used = await anna.post('/v1/fund/subscriptions', { amount: '1.00' })
    assert.equal(used.body.code, 'fund_quota_used')
    for (const gate_percent of ['0', '101', '1.25', '-1']) {
      const bad = await boss.post('/v1/operator/fund/limits', { ...limits, gate_percent })
      assert.equal(bad.status, 400, gate_percent)
    }
    const off = { daily_quota: null, gate_percent: null }
    assert.equal((await analyst.post('/v1/operator/fund/limits', off)).status, 403)
    const none = await boss.post('/v1/operator/fund/limits', off)
    assert.equal(none.body['gate_percent'], null)
  })
})

describe('a statement of income', () => {
  test('is a CSV of the month, day by day, with the totals of month and year', async () => {
    const { today } = days()
    const far = new Date(Date.parse(`${today}T00:00:00Z`) + 12 * 86_400_000).toISOString()
    await goTo(far.slice(0, 10), '12:00')
    const month = days().today.slice(0, 7)
    const answer = await anna.get(`/v1/statements/${month}.csv`)
    assert.equal(answer.status, 200)
    assert.match(answer.headers.get('content-type') ?? '', /^text\/csv/)
    const lines = String(answer.body['text']).split('\r\n')
    assert.equal(lines[0], 'kind,date,income,units_after')
    assert.equal(lines.at(-1), '')
    const rows = lines.filter((line) => line.startsWith('day,'))
    assert.ok(rows.length > 0)
    const fen = (text = '') => Math.round(Number(text) * 100)
    const sum = rows.reduce((total, row) => total + fen(row.split(',')[2]), 0)
    assert.equal(fen(lines.find((line) => line.startsWith('month,'))?.split(',')[2]), sum)
    const ofYear = lines.find((line) => line.startsWith('year_to_date,'))?.split(',')[2]
    assert.ok(fen(ofYear) >= sum)
    const empty = await anna.get('/v1/statements/2014-07.csv')
    assert.equal(
      empty.body['text'],
      'kind,date,income,units_after\r\nmonth,2014-07,0.00,\r\nyear_to_date,2014,0.00,\r\n',
    )
    for (const file of [
      '2014-13.csv',
      '2014-07',
      '2014-07.PDF',
      '2014-07.txt',
      '..%2F2014-07.csv',
    ]) {
      assert.equal((await anna.get(`/v1/statements/${file}`)).status, 400, file)
    }
  })
})

describe('a statement of income on paper', () => {
  test('says line by line what the CSV of the same month says, and what is held', async () => {
    const month = days().today.slice(0, 7)
    const answer = await anna.get(`/v1/statements/${month}.pdf`)
    assert.equal(answer.status, 200)
    assert.equal(answer.headers.get('content-type'), 'application/pdf')
    const disposition = `attachment; filename="coffer-statement-${month}.pdf"`
    assert.equal(answer.headers.get('content-disposition'), disposition)
    const texts = pdfTexts(String(answer.body['text']))
    const csv = String((await anna.get(`/v1/statements/${month}.csv`)).body['text'])
    const rows = csv.split('\r\n').slice(1, -1)
    const paper = texts.slice(texts.indexOf('Units after') + 1)
    const wanted = rows.flatMap((row) => {
      const [kind = '', date = '', income = '', units = ''] = row.split(',')
      if (kind === 'day') return [date, income, units].filter((cell) => cell !== '')
      return [kind === 'month' ? `Month ${date}` : `Year ${date} to date`, income]
    })
    assert.deepEqual(paper, wanted)
    const closing = texts[texts.indexOf('Closing units') + 1]
    const fund = (await anna.get('/v1/wallet')).body['fund'] as Record<string, string>
    const cents = (text = '') => BigInt(text.replace('.', ''))
    const held = cents(fund['available']) + cents(fund['held']) + cents(fund['redeeming'])
    assert.ok(held > 0n)
    assert.equal(cents(closing), held)
    assert.ok(texts.includes(anna.customerId))
    const empty = pdfTexts(String((await anna.get('/v1/statements/2014-07.pdf')).body['text']))
    assert.equal(empty[empty.indexOf('Closing units') + 1], '0.00')
    assert.equal((await fetch(`${server.url}/v1/statements/${month}.pdf`)).status, 401)
  })
})

/** The texts of an uncompressed PDF, in the order they were drawn. */
function pdfTexts(pdf: string): string[] {
  return [...pdf.matchAll(/\[([^\]]*)\] TJ/g)].map(([, drawn = '']) =>
    [...drawn.matchAll(/<([\da-f]*)>/g)]
      .map(([, hex = '']) => Buffer.from(hex, 'hex').toString('latin1'))
      .join(''),
  )
}

describe('a fast redemption to a card', () => {
  test('leaves the fund up to 10,000.00 a day and no further', async () => {
    const bea = await signUp(server, '+8613800000005', 'Zhao Min')
    const accountId = await bringMoney(server, bea, '12000.00')
    const { today } = days()
    assert.equal((await bea.post('/v1/fund/subscriptions', { amount: '12000.00' })).status, 201)
    const later = new Date(Date.parse(`${today}T00:00:00Z`) + 5 * 86_400_000).toISOString()
    await goTo(later.slice(0, 10), '12:00')
    const pay = (amount: string, source?: string) =>
      bea.post('/v1/withdrawals', { bank_account_id: accountId, amount, source })
    assert.equal((await pay('10000.01', 'fund')).body.code, 'fast_redemption_exceeded')
    const asked = await pay('9999.00', 'fund')
    assert.equal(asked.status, 201, JSON.stringify(asked.body))
    assert.equal((await pay('1.01', 'fund')).body.code, 'fast_redemption_exceeded')
    assert.equal((await pay('1.00', 'bank')).status, 400)
  })
})
