import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import type { OperatorRole } from '#contract'
import { hour } from '#kernel'
import { createThreatLists } from '#risk'
import { bringMoney, signUp, type Browser as Customer } from '../http/http-client.ts'
import type { TestServer } from '../support/test-server.ts'
import { launchChromium } from './chromium.ts'
import { startPageServer } from './city.ts'
import { signInOperator } from './hands.ts'
import { gone, seen } from './seen.ts'
import { visit } from './visit.ts'

const threats = createThreatLists([
  { name: 'phishing of the bank', kind: 'url', maxAgeMs: 6 * hour },
  { name: 'trojans', kind: 'file', maxAgeMs: 6 * hour },
])
const staff: Record<string, [string, OperatorRole[]]> = {
  sue: ['Sue Park', ['supervisor', 'analyst']],
  ada: ['Ada Moreau', ['admin']],
  otto: ['Otto Brandt', ['auditor']],
  fay: ['Fay Tanaka', ['fund']],
}
const passwordOf = (login: string): string => `${login} has a long password`

let server: TestServer
let browser: Browser
let payer: Customer
let payee: Customer
/** Of everybody's app: the sign-in page fills its code in, as in the demo. */
const totpSecret = '56XFNWKEPJ2ROXVP53522IWKTVQITXQ4'

before(async () => {
  const intelligence = { threats, networks: null, feeds: [] }
  ;[server, browser] = await Promise.all([
    startPageServer({ jobs: true, intelligence }),
    launchChromium(),
  ])
  const hired = Object.entries(staff).map(([login, [name, roles]]) =>
    server.flows.createOperator({ login, name, roles, totpSecret, password: passwordOf(login) }),
  )
  await Promise.all(hired)
  payer = await signUp(server, '+8613800000901')
  payee = await signUp(server, '+8613800000902', 'Wang Wei')
  await bringMoney(server, payer, '100000.00')
})
after(async () => {
  await browser.close()
  await server.close()
})

async function as(login: string, work: (page: Page) => Promise<void>): Promise<void> {
  await visit(browser, { url: server.url, width: 1280, height: 860 }, async (page) => {
    await signInOperator(page, { login, password: passwordOf(login) })
    await work(page)
  })
}

async function pay(amount: string): Promise<void> {
  const body = { payee: { phone: payee.phone }, amount, source: 'wallet' }
  const paid = await payer.post('/v1/payments', body)
  assert.equal(paid.status, 201, JSON.stringify(paid.body))
}

const open = (page: Page, name: string): Promise<void> =>
  page.getByRole('link', { name, exact: true }).click()
const press = (page: Page, name: string): Promise<void> =>
  page.getByRole('button', { name, exact: true }).click()

test('a draft is written, shadowed, tried, published by a second person, taken back', async () => {
  await pay('20.00')
  await as('sue', async (page) => {
    await open(page, 'Policies')
    await press(page, 'Copy into a new draft')
    await write(page)
    await press(page, 'Start the shadow')
    await seen(page.getByText('in the shadow'))
    await pay('2500.00')
    await seen(page.getByText(/^\d+ the same, [1-9]\d* different$/))
    await press(page, 'Run a backtest')
    const figures = page.getByRole('table', { name: 'Backtest' })
    await seen(figures.getByText(/ of \d+ · \S+ % to \S+ %/))
    await seen(page.getByRole('table', { name: 'Changed decisions' }).getByText('challenged'))
    await seen(page.getByText('a second person has to publish it'))
    assert.ok(await page.getByRole('button', { name: 'Publish' }).isDisabled())
  })
  await as('ada', async (page) => {
    await open(page, 'Policies')
    await page.getByRole('button', { name: /^strict / }).click()
    await press(page, 'Publish')
    await seen(page.getByRole('article', { name: /^strict-/ }).getByText('decides now'))
    await seen(page.getByText(/^Ada Moreau, /))
    await page.getByRole('button', { name: /^today .*earlier/ }).click()
    await press(page, 'Roll back to this')
    await page.getByRole('dialog').getByRole('button', { name: 'Roll back to this' }).click()
    await seen(page.getByRole('article', { name: /^today-/ }).getByText('decides now'))
  })
})

/** A fault is named where it stands and keeps the draft from being saved, until it is mended. */
async function write(page: Page): Promise<void> {
  const save = page.getByRole('button', { name: 'Save draft' })
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('strict')
  await press(page, 'first-payment-large 30')
  const condition = page.getByRole('textbox', { name: 'Condition, in CEL' })
  await condition.fill('newPayee &&\n nobody > 1.0')
  await seen(page.getByText('1 fault'))
  await press(page, 'line 2, column 2')
  await seen(page.getByText('Unknown variable: nobody'))
  assert.ok(await save.isDisabled())
  await condition.fill('amount > 100000.0')
  await seen(page.getByText('No faults'))
  await save.click()
  await seen(page.getByRole('article', { name: /^strict-/ }))
}

test('a decision says why, and what would have led to another outcome', async () => {
  await pay('31000.00')
  await as('sue', async (page) => {
    await open(page, 'Decisions')
    const row = page.getByRole('row').filter({ hasText: '31,000.00' })
    await row.getByRole('button').click()
    const why = page.getByRole('region', { name: 'Why not another outcome' })
    await seen(why.getByText(/new payee sum 24h .*instead of 33520\.00/).first())
    await seen(page.getByRole('region', { name: 'What is said' }).getByText('NEW_PAYEE_SUM'))
    await seen(page.getByRole('cell', { name: '30000.00' }))
  })
})

test('a feed that is not believed is loud, everywhere, until it has been read', async () => {
  await as('fay', async (page) => {
    await page.getByRole('link', { name: 'Feeds 2' }).click()
    await seen(page.getByRole('alert').filter({ hasText: 'phishing of the bank, trojans' }))
    const hashes = ['ab'.repeat(32)]
    threats.replace('trojans', { hashes, at: server.lane.now() })
    threats.fail('phishing of the bank', 'HTTP 503')
    await page.reload()
    await seen(page.getByRole('alert').filter({ hasText: /^Not believed: phishing of the bank/ }))
    await seen(page.getByRole('region', { name: 'trojans' }).getByText('fresh'))
    await seen(page.getByText('HTTP 503'))
    await open(page, 'Fund')
    await page.getByRole('textbox', { name: 'Quota of a day' }).fill('500000.00')
    await press(page, 'Set both')
    await seen(page.getByRole('region', { name: 'Quota of a day' }).getByText('¥500,000.00'))
    const price = page.getByRole('form', { name: 'Note a shadow price' })
    await price.getByLabel('Day').fill('2026-03-01')
    await price.getByRole('textbox', { name: 'Value per unit' }).fill('0.994')
    await press(page, 'Note it')
    await seen(page.getByRole('alert').filter({ hasText: 'Subscriptions are suspended' }))
    await seen(page.getByRole('cell', { name: 'limit' }))
  })
})

test('the auditor narrows the log and sees its chain hold; others see no way there', async () => {
  await as('otto', async (page) => {
    await open(page, 'Audit log')
    await seen(page.getByText('The chain holds'))
    const rows = page.getByRole('table', { name: 'Audit log' }).getByRole('row')
    await seen(rows.filter({ hasText: 'Sue Park' }))
    await rows.getByRole('button', { name: 'set fund limits' }).click()
    await gone(rows.filter({ hasText: 'Sue Park' }))
    await seen(rows.filter({ hasText: 'Fay Tanaka' }))
    assert.match(page.url(), /action=setFundLimits/)
    await open(page, 'Policies')
    await seen(page.getByRole('heading', { name: /^37 rules|rules$/ }))
    assert.equal(await page.getByRole('button', { name: /^(Copy|Roll|Publish)/ }).count(), 0)
  })
  await as('ada', async (page) => {
    await seen(page.getByRole('link', { name: 'Policies' }))
    const others = page.getByRole('link', { name: /^(Audit log|Claims|Fund|Held payments)/ })
    assert.equal(await others.count(), 0)
  })
})
