import { mkdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Browser, Page } from 'playwright-core'
import { checkout } from './checkout.ts'
import { launchChromium } from './chromium.ts'
import { startCity, type TestCity } from './city.ts'
import { fillPayment, signInCustomer, signInOperator } from './hands.ts'
import { picturePolicies } from './picture-policies.ts'
import { seen } from './seen.ts'
import { visit } from './visit.ts'

// Takes the pictures of the README from the demo's city: `node dist/test/e2e/screenshots.js`.

const folder = join(checkout, 'docs', 'images')
const phone = { width: 390, height: 844, scale: 2 }
const desk = { width: 1440, height: 900 }
/** After so long the board no longer shows the rush in which the history was made. */
const settleMs = 60_000
/** So long the board is watched until its lines have filled. */
const boardMs = 75_000
const replayMs = 240_000

const say = (line: string): void => {
  process.stderr.write(`${line}\n`)
}

mkdirSync(folder, { recursive: true })
const [city, browser] = await Promise.all([startCity({ days: 30, seed: 1 }), launchChromium()])
say('the city has its history')
const ended = new AbortController()
const living = city.world.live({ signal: ended.signal, rate: 60 })
try {
  await picturesOfCustomer(city, browser)
  await sleep(settleMs)
  await picturesOfConsole(city, browser)
} finally {
  ended.abort()
  await living
  await browser.close()
  await city.server.close()
}

/** Three screens of a phone side by side: the balance, a question, a report. */
async function picturesOfCustomer({ url, signIns }: TestCity, browser: Browser): Promise<void> {
  const [saver, victim] = signIns.customers
  if (saver === undefined || victim === undefined) throw new Error('the cast is missing')
  const screens: Buffer[] = []
  await visit(browser, { url, ...phone, deviceId: saver.deviceId }, async (page) => {
    await signInCustomer(page, saver)
    await seen(page.getByRole('figure', { name: /7-day annualised yield/ }))
    screens.push(await still(page))
    await fillPayment(page, '138 0000 0123', '9,000.00')
    await page.getByRole('radio', { name: /Fund/ }).check()
    await page.getByRole('button', { name: 'Pay ¥9,000.00' }).click()
    await seen(page.getByRole('heading', { name: 'Why' }))
    screens.push(await still(page))
  })
  await visit(browser, { url, ...phone, deviceId: victim.deviceId }, async (page) => {
    await signInCustomer(page, victim)
    await page.getByRole('link', { name: 'Safety' }).click()
    await page.getByRole('link', { name: 'I was robbed' }).click()
    for (const nth of [0, 1, 2, 3]) await page.getByRole('checkbox').nth(nth).check()
    await page.getByRole('button', { name: 'Go on' }).click()
    await page.getByRole('button', { name: 'Report now' }).click()
    await page.getByRole('link', { name: 'Sign in and follow it' }).click()
    await signInCustomer(page, victim)
    await page.getByRole('link', { name: 'Your report' }).first().click()
    await seen(page.getByRole('heading', { name: 'Progress', exact: true }))
    screens.push(await still(page))
  })
  await sideBySide(browser, screens)
}

async function sideBySide(browser: Browser, screens: readonly Buffer[]): Promise<void> {
  const page = await browser.newPage({ viewport: { width: 1320, height: 940 } })
  const images = screens.map(
    (png) => `<img src="data:image/png;base64,${png.toString('base64')}" width="390" height="844">`,
  )
  await page.setContent(`<style>
    body { margin: 0; display: flex; justify-content: space-evenly; align-items: center;
      height: 940px; background: #e7e2d6 }
    img { border-radius: 34px; box-shadow: 0 18px 40px #0c2f2733, 0 0 0 7px #0f1f1a }
  </style>${images.join('')}`)
  await save(page, 'customer')
  await page.close()
}

async function picturesOfConsole({ url, signIns }: TestCity, browser: Browser): Promise<void> {
  const operator = signIns.operators.find(({ login }) => login === 'sam')
  if (operator === undefined) throw new Error('nobody is on duty')
  await visit(browser, { url, ...desk, colorScheme: 'dark' }, async (page) => {
    await signInOperator(page, operator)
    await sleep(boardMs)
    await save(page, 'board')
    await page.getByRole('link', { name: /^Held payments/ }).click()
    await seen(page.getByRole('table'))
    await save(page, 'queue')
    await picturePolicies(page, (name) => still(page).then(() => save(page, name)))
    await page.getByRole('link', { name: '2013 theft' }).click()
    await page.getByRole('button', { name: 'Replay the 2013 theft' }).click()
    const today = page.getByRole('region', { name: 'Today' })
    await today.getByText('Victim whole').waitFor({ timeout: replayMs })
    await sleep(1_000)
    await page.setViewportSize({ width: 1440, height: 1330 })
    await save(page, 'replay')
  })
}

/** Once nothing moves any more. */
async function still(page: Page): Promise<Buffer> {
  await sleep(800)
  return page.screenshot()
}

async function save(page: Page, name: string): Promise<void> {
  const path = join(folder, `${name}.png`)
  await page.screenshot({ path })
  say(`${path} ${Math.round(statSync(path).size / 1024)} KB`)
}
