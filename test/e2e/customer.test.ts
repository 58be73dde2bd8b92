import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, before, test } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { launchChromium } from './chromium.ts'
import { startVillage, type TestCity } from './city.ts'
import { fillPayment, sendSignIn, signInCustomer } from './hands.ts'
import { fenIn, gone, lengthOfLine, seen, until } from './seen.ts'
import { visit } from './visit.ts'

const phoneSize = { width: 390, height: 844 }
/** Somebody in the village whom the saver has never paid. */
const stranger = '138 0000 0017'

let city: TestCity
let browser: Browser

before(async () => {
  ;[city, browser] = await Promise.all([startVillage(), launchChromium()])
})
after(async () => {
  await browser.close()
  await city.server.close()
})

/** The demo's people: the saver, the victim, a shop. */
function person(nth: 0 | 1 | 2) {
  const found = city.signIns.customers[nth]
  assert.ok(found)
  return found
}

/** Does something in a customer's own browser, on the phone the product has known for long. */
async function as(nth: 0 | 1, work: (page: Page) => Promise<void>): Promise<void> {
  const who = person(nth)
  await visit(browser, { url: city.url, ...phoneSize, deviceId: who.deviceId }, async (page) => {
    await signInCustomer(page, who)
    await seen(page.getByRole('region', { name: 'Total balance' }))
    await work(page)
  })
}

async function pay(page: Page, to: string, amount: string): Promise<void> {
  await fillPayment(page, to, amount)
  await page.getByRole('button', { name: `Pay ¥${amount}` }).click()
}

test('the saver sees what she has, what it earned yesterday and ever, and the line', async () => {
  await as(0, async (page) => {
    const balance = page.getByRole('region', { name: 'Total balance' })
    assert.ok((await fenIn(balance)) > 10_000_00n)
    const [yesterday, ever] = await Promise.all([
      fenIn(balance.getByRole('definition').nth(0)),
      fenIn(balance.getByRole('definition').nth(1)),
    ])
    assert.ok(yesterday > 0n && ever > yesterday, `${yesterday} of ${ever}`)
    const line = page.getByRole('figure', { name: /7-day annualised yield: .* %, .* %/ })
    await seen(line)
    await until(async () => (await lengthOfLine(line)) > 200, 'the line reaches across the card')
    await seen(page.getByRole('heading', { name: 'Guaranteed in full' }))
  })
})

test('a shop that she has paid before is paid at once', async () => {
  await as(0, async (page) => {
    const shop = person(2)
    await fillPayment(page, shop.phone, '25.80')
    await seen(page.getByText('You have paid them before'))
    await page.getByRole('button', { name: 'Pay ¥25.80' }).click()
    await seen(page.getByRole('heading', { name: 'Paid', exact: true }))
    await page.getByRole('link', { name: 'Activity' }).click()
    await seen(page.getByRole('link', { name: new RegExp(`${shop.name}.*25.80`) }))
  })
})

test('much money to somebody new waits until she says that it was her, with reasons', async () => {
  await as(0, async (page) => {
    await pay(page, stranger, '9,000.00')
    await seen(page.getByRole('heading', { name: 'Was this you?' }))
    const payment = page.getByRole('article')
    await seen(
      payment.getByRole('listitem').filter({ hasText: /new to you add up to a large sum/ }),
    )
    await page.getByRole('button', { name: 'Yes, it was me: approve' }).click()
    await seen(page.getByRole('heading', { name: 'Paid', exact: true }))
  })
})

test('a standing order is set and ended; a month’s statement is read and kept', async () => {
  await as(0, async (page) => {
    await page.goto('/fund')
    const standing = page.getByRole('form', { name: 'Standing order' })
    await standing.getByRole('textbox', { name: 'Kept in the wallet' }).fill('500')
    await standing.getByRole('button', { name: 'Set', exact: true }).click()
    await seen(standing.getByText(/^Your wallet keeps ¥500\.00; .* every day at \d\d:\d\d/))
    await standing.getByRole('button', { name: 'End it' }).click()
    await seen(standing.getByText('There is none'))
    const statements = page.getByRole('region', { name: 'Statements' })
    const earned = statements.locator('dl > div').filter({ hasText: 'Earned in March 2025' })
    const inMonth = await fenIn(earned.getByText('¥').last())
    assert.ok(inMonth > 0n)
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      statements.getByRole('link', { name: 'CSV' }).click(),
    ])
    const csv = readFileSync(await file.path(), 'utf8')
    assert.match(csv, new RegExp(`month,2025-03,${formatFen(inMonth)}`))
    const pdf = await page.request.get('/v1/statements/2025-03.pdf')
    assert.equal((await pdf.body()).subarray(0, 5).toString(), '%PDF-')
  })
})

function formatFen(fen: bigint): string {
  return `${fen / 100n}.${String(fen % 100n).padStart(2, '0')}`
}

test('a frozen account pays nobody, until the password unfreezes it', async () => {
  await as(0, async (page) => {
    await page.getByRole('link', { name: 'Safety' }).click()
    await page.getByRole('button', { name: 'Freeze now' }).click()
    await seen(page.getByText(/^Since .* nothing can leave it/))
    await pay(page, person(2).phone, '12.00')
    await seen(page.getByRole('alert').filter({ hasText: /frozen/i }))
    await page.getByRole('link', { name: 'Unfreeze' }).click()
    const again = page.getByRole('button', { name: 'Unfreeze' })
    const password = page.getByRole('textbox', {
      name: 'Password',
      description: /With your password/,
    })
    await password.fill('not my password')
    await again.click()
    await seen(page.getByRole('alert'))
    await password.fill(person(0).password)
    await again.click()
    await seen(page.getByRole('button', { name: 'Freeze now' }))
    await gone(page.getByText(/^Since .* nothing can leave it/))
    await pay(page, person(2).phone, '12.00')
    await seen(page.getByRole('heading', { name: 'Paid', exact: true }))
  })
})

test('a visitor takes the saver’s own phone in hand, or comes as a stranger', async () => {
  const saver = person(0)
  const hand = { name: /^Demo: act on this person’s own/ }
  await visit(browser, { url: city.url, ...phoneSize }, async (page) => {
    await page.goto('/')
    await page.getByRole('textbox', { name: 'Phone number' }).fill(saver.phone)
    assert.ok(await page.getByRole('checkbox', hand).isChecked())
    await sendSignIn(page, saver)
    await seen(page.getByRole('region', { name: 'Total balance' }))
    await page.getByRole('link', { name: 'Safety' }).click()
    await page.getByRole('button', { name: 'Freeze now' }).click()
    await seen(page.getByText(/^Since .* nothing can leave it/))
    await page.getByRole('button', { name: 'Unfreeze' }).click()
    const words = /With your password/
    await seen(page.getByRole('textbox', { name: 'Password', description: words }))
  })
  await visit(browser, { url: city.url, ...phoneSize }, async (page) => {
    await page.goto('/')
    await page.getByRole('textbox', { name: 'Phone number' }).fill(saver.phone)
    await page.getByRole('checkbox', hand).uncheck()
    await sendSignIn(page, saver)
    await seen(page.getByRole('heading', { name: 'One more step' }))
  })
})

test('somebody new opens an account with the code that his phone received', async () => {
  await visit(browser, { url: city.url, ...phoneSize }, async (page) => {
    const phone = '+8613912345678'
    await page.goto('/')
    await page.getByRole('link', { name: 'Open an account' }).click()
    await page.getByRole('textbox', { name: 'Name, as on your ID' }).fill('Mei Chen')
    await page.getByRole('textbox', { name: 'ID number' }).fill('110101199003071233')
    await page.getByRole('textbox', { name: 'Phone number' }).fill('139 1234 5678')
    await page.getByLabel('Password', { exact: true }).fill('a-long-new-password')
    await page.getByRole('button', { name: 'Send code' }).click()
    const inbox = page.getByRole('complementary', { name: 'Simulated phone' })
    await seen(inbox.getByRole('button', { name: 'Use code' }))
    const code = await codeOn(page, phone)
    await seen(inbox.getByText(code))
    await page.getByRole('textbox', { name: 'Code from the SMS' }).fill(code)
    await page.getByRole('button', { name: 'Open an account' }).click()
    await seen(page.getByText('No payments yet'))
    assert.equal(await fenIn(page.getByRole('region', { name: 'Total balance' })), 0n)
  })
})

test('the victim reports what was not his, and sees what happens by when', async () => {
  const victim = person(1)
  await as(1, async (page) => {
    await page.getByRole('link', { name: 'Safety' }).click()
    await page.getByRole('link', { name: 'I was robbed' }).click()
    const boxes = page.getByRole('checkbox')
    await seen(boxes)
    const sum = await tickFirst(page, 4)
    await seen(page.getByText(`4 payments, ${sum}`))
    await page.getByRole('button', { name: 'Go on' }).click()
    await page.getByRole('button', { name: 'Report now' }).click()
    await seen(page.getByRole('alert').filter({ hasText: 'Your report is filed' }))
    await followReport(page, sum)
    // The report has ended his session: he comes back, to the same dates.
    await page.getByRole('link', { name: 'Sign in and follow it' }).click()
    await sendSignIn(page, victim)
    await seen(page.getByText('Your account is frozen'))
    await page.getByRole('link', { name: 'Your report' }).first().click()
    await followReport(page, sum)
  })
})

/** What the carrier delivered, as the demo's phone simulator shows it. */
async function codeOn(page: Page, phone: string): Promise<string> {
  const answer = await page.request.get(
    `/v1/simulator/phones/${encodeURIComponent(phone)}/messages`,
  )
  const { messages } = (await answer.json()) as { messages: { text: string }[] }
  const code = /\b\d{6}\b/.exec(messages[0]?.text ?? '')?.[0]
  assert.ok(code, 'a code has arrived')
  return code
}

/** Ticks the newest payments; answers their sum as the page writes it. */
async function tickFirst(page: Page, count: number): Promise<string> {
  const boxes = await page.getByRole('checkbox').all()
  let sum = 0
  for (const box of boxes.slice(0, count)) {
    const name = (await box.getAttribute('aria-label')) ?? ''
    sum += Number(name.slice(name.indexOf('¥') + 1).replace(',', ''))
    await box.check()
  }
  return `¥${sum.toLocaleString('en-GB', { minimumFractionDigits: 2 })}`
}

async function followReport(page: Page, sum: string): Promise<void> {
  await seen(page.getByText(sum))
  await seen(page.getByRole('heading', { name: 'Dates we are bound to' }))
  const dated = page.getByText(/^by \d+ \w+, \d\d:\d\d$/)
  assert.ok((await dated.count()) >= 2, 'dates that bind')
  const steps = page.getByRole('listitem').filter({ hasText: /\d\d:\d\d/ })
  assert.ok((await steps.count()) >= 2, 'progress, step by step')
}
