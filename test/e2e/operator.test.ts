import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Browser, Locator, Page } from 'playwright-core'
import { createApiClient, expectOk } from '#world'
import { launchChromium } from './chromium.ts'
import { startVillage, type TestCity } from './city.ts'
import { gone, inkOf, seen, until } from './seen.ts'
import { signInCustomer, signInOperator } from './hands.ts'
import { visit } from './visit.ts'

const deskSize = { width: 1440, height: 900 }

let city: TestCity
let browser: Browser

before(async () => {
  ;[city, browser] = await Promise.all([startVillage(), launchChromium()])
})
after(async () => {
  await browser.close()
  await city.server.close()
})

/** Does something at the desk of a member of staff. */
async function as(login: string, work: (page: Page) => Promise<void>): Promise<void> {
  const who = city.signIns.operators.find((operator) => operator.login === login)
  assert.ok(who, login)
  await visit(browser, { url: city.url, ...deskSize }, async (page) => {
    await signInOperator(page, who)
    await work(page)
  })
}

function customer(nth: 0 | 1 | 2) {
  const found = city.signIns.customers[nth]
  assert.ok(found)
  return found
}

/** A customer's app, signed in on the phone that is known, beside the browser. */
async function app(nth: 0 | 1) {
  const { phone, password, deviceId } = customer(nth)
  let keys = 0
  const nextKey = () => `e2e-app-${nth}-${(keys += 1)}`
  const client = createApiClient({ baseUrl: city.url, network: `10.20.${nth}`, nextKey })
  client.deviceId = deviceId
  const device = { id: deviceId, name: 'Phone' }
  expectOk(await client.post('/v1/sign-in', { phone, password, device }), 'sign-in')
  return client
}

test('the live board moves when customers pay; theft rates come with their intervals', async () => {
  const saver = await app(0)
  const phone = encodeURIComponent(customer(2).phone)
  const shop = expectOk(await saver.get(`/v1/payees?phone=${phone}`), 'payee')
  await as('ana', async (page) => {
    const pace = page.getByRole('figure', { name: /^Payments per second/ })
    await until(async () => (await inkOf(pace)) > 0.005, 'the line is drawn')
    for (let nth = 0; nth < 12; nth += 1) {
      const payee = { customer_id: shop.customer_id }
      const body = { payee, amount: '1.20', source: 'wallet' }
      expectOk(await saver.post('/v1/payments', body), 'payment')
    }
    await seen(page.getByRole('figure', { name: /^Payments per second: (0\.[1-9]|[1-9])/ }))
    await seen(page.getByRole('figure', { name: /^Decision, 99th percentile: \d/ }))
    await seen(
      page
        .getByText('Allowed')
        .locator('..')
        .getByText(/^(1[2-9]|[2-9]\d|\d{3,})$/),
    )
    assert.equal(
      await page.getByText(/95 %: \S+ to \S+/).count(),
      3,
      'three rates, three intervals',
    )
    await seen(page.getByText('The report’s figure: 1 in 100,000'))
    await seen(page.getByText(/all hold, [\d,]+ checks/))
  })
})

test('a held payment is voided by keyboard, with label and reason; its payer is told', async () => {
  const victim = customer(1)
  await as('ana', async (page) => {
    await page.getByRole('link', { name: /^Held payments/ }).click()
    const queue = page.getByRole('region', { name: 'Held payments' })
    const items = queue.getByRole('button', { name: / to / })
    await seen(items)
    const before = await items.count()
    assert.ok(before >= 2, `${before} payments are held`)
    await walk(page, items)
    await goTo(page, { items, name: victim.name })
    await page.keyboard.press('n')
    await decide(page, 'Void', 'He did not make it: his phone was not with him.')
    await gone(queue.getByRole('button', { name: `${victim.name} to` }))
    assert.equal(await items.count(), before - 1)
  })
  const phone = { url: city.url, width: 390, height: 844, deviceId: victim.deviceId }
  await visit(browser, phone, async (page) => {
    await signInCustomer(page, victim)
    await seen(page.getByRole('link', { name: /8,000\.00.*Cancelled/ }))
    await page.getByRole('link', { name: 'Safety' }).click()
    await seen(page.getByText(/^Nothing went to .*8,?000\.00 is free/))
  })
})

/** j goes down, k goes up, Enter reads, Escape closes what y opened. */
async function walk(page: Page, items: Locator): Promise<void> {
  await until(isCurrent(items.nth(0)), 'the first one is open')
  await page.keyboard.press('j')
  await until(isCurrent(items.nth(1)), 'j opens the next')
  await page.keyboard.press('k')
  await until(isCurrent(items.nth(0)), 'k opens the one before')
  await page.keyboard.press('Enter')
  await seen(page.getByRole('article').getByRole('heading', { name: 'Why it is held' }))
  await seen(page.getByRole('table', { name: 'Every rule and its value' }))
  await page.keyboard.press('y')
  const dialog = page.getByRole('dialog', { name: 'Release this payment' })
  await seen(dialog)
  await page.keyboard.press('Escape')
  await gone(dialog)
}

/** Down the queue to somebody's payment. */
async function goTo(page: Page, { items, name }: { items: Locator; name: string }): Promise<void> {
  const texts = await items.allInnerTexts()
  const place = texts.findIndex((text) => new RegExp(`^${name}\\b`, 'm').test(text))
  assert.ok(place >= 0, `${name} is in the queue`)
  for (let nth = 1; nth <= place; nth += 1) {
    await page.keyboard.press('j')
    await until(isCurrent(items.nth(nth)), `item ${nth} is open`)
  }
  await seen(page.getByRole('article', { name: new RegExp(`^${name}, `) }))
}

function isCurrent(item: Locator): () => Promise<boolean> {
  return async () => (await item.getAttribute('aria-current')) === 'true'
}

/** Without a label's reason the button stays shut. */
async function decide(page: Page, button: string, reason: string): Promise<void> {
  const dialog = page.getByRole('dialog', { name: `${button} this payment` })
  const confirm = dialog.getByRole('button', { name: button, exact: true })
  await seen(confirm)
  assert.ok(await confirm.isDisabled(), 'no decision without a reason')
  const words = dialog.getByRole('textbox', { name: 'Reason, for the file' })
  await words.fill('  x ')
  assert.ok(await confirm.isDisabled(), 'one letter is no reason')
  await words.fill(reason)
  await dialog.getByRole('radio', { name: 'Confirmed theft' }).check()
  await confirm.click()
  await gone(dialog)
}

test('a claim needs two people: who decided first cannot agree with himself', async () => {
  const victim = customer(1)
  await reportTheft()
  await as('carl', async (page) => {
    const claim = await openClaim(page, victim.name)
    await seen(claim.getByText('waits for a first decision'))
    await approve(claim, 'Approve')
    await seen(claim.getByText('You decided this claim first'))
    await seen(claim.getByText('First: Carl Meyer'))
    assert.equal(await claim.getByRole('button').count(), 0, 'nothing left for him to press')
    assert.equal(await approveBehindThePage(page, victim.name), 'approver_is_maker')
  })
  await as('cleo', async (page) => {
    const claim = await openClaim(page, victim.name)
    await seen(claim.getByText('waits for a second person'))
    await approve(claim, 'Approve as second person')
    await seen(claim.getByText('First: Carl Meyer'))
    await seen(claim.getByText('Second: Cleo Okafor'))
    await gone(claim.getByText('waits for a second person'))
  })
})

/** The victim reports, in his app, what thieves took this morning. */
async function reportTheft(): Promise<void> {
  const victim = await app(1)
  const { data } = expectOk(await victim.get('/v1/payments?limit=50'), 'payments')
  const taken = (data as { id: string; state: string; memo: string | null }[]).filter(
    ({ state, memo }) => state === 'posted' && memo === 'thanks',
  )
  assert.equal(taken.length, 3)
  const body = { payment_ids: taken.map(({ id }) => id) }
  expectOk(await victim.post('/v1/reports', body), 'report')
}

async function openClaim(page: Page, name: string): Promise<Locator> {
  await page.getByRole('link', { name: /^Claims/ }).click()
  const list = page.getByRole('region', { name: 'Claims' })
  await list.getByRole('button', { name }).click()
  const claim = page.getByRole('article', { name })
  await seen(claim.getByRole('heading', { name: 'Evidence' }))
  return claim
}

async function approve(claim: Locator, button: string): Promise<void> {
  const confirm = claim.getByRole('button', { name: button, exact: true })
  await seen(confirm)
  assert.ok(await confirm.isDisabled(), 'no decision without a reason')
  await claim.getByRole('textbox', { name: 'Reason' }).fill('The evidence fits what he says.')
  await confirm.click()
  await gone(confirm)
}

/** Asks the server itself, with the session of the page. Answers the code of its refusal. */
async function approveBehindThePage(page: Page, name: string): Promise<string> {
  const read = async (path: string) => (await page.request.get(path)).json()
  const { csrf_token: csrf } = await read('/v1/operator/me')
  const { data } = await read('/v1/operator/claims?state=all&limit=100')
  const claims = data as { id: string; customer: { name: string } }[]
  const id = claims.find(({ customer }) => customer.name === name)?.id
  const answer = await page.request.post(`/v1/operator/claims/${id}/approve`, {
    headers: { 'x-coffer-csrf': csrf, 'idempotency-key': 'e2e-once-more' },
    data: { decision: 'approve', reason: 'I agree with myself.' },
  })
  return (await answer.json()).code
}
