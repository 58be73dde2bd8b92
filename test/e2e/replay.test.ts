import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { launchChromium } from './chromium.ts'
import { startPageServer } from './city.ts'
import { seen } from './seen.ts'
import { signInOperator } from './hands.ts'
import { visit } from './visit.ts'
import type { TestServer } from '../support/test-server.ts'

const who = { login: 'ana', name: 'Ana Ruiz', password: 'ana watches the replay' }
/** Three times a year of a customer's life, a theft, and weeks until the victim is whole. */
const longestMs = 180_000

let server: TestServer
let browser: Browser

before(async () => {
  ;[server, browser] = await Promise.all([startPageServer(), launchChromium()])
  const totpSecret = 'REPLAY22REPLAY22REPLAY22REPLAY22'
  await server.flows.createOperator({ ...who, roles: ['analyst'], totpSecret })
})
after(async () => {
  await browser.close()
  await server.close()
})

test('the 2013 theft is replayed at a press: 40,000 left then, nothing leaves today', async () => {
  await visit(browser, { url: server.url, width: 1440, height: 900 }, async (page) => {
    await signInOperator(page, who)
    await page.getByRole('link', { name: '2013 theft' }).click()
    await page.getByRole('button', { name: 'Replay the 2013 theft' }).click()
    await seen(page.getByRole('listitem'))
    const again = page.getByRole('button', { name: 'Replay again' })
    await page.getByRole('region', { name: 'Today' }).getByText('Victim whole').waitFor({
      timeout: longestMs,
    })
    assert.ok(await again.isEnabled())
    await theftWentSo(page, { policy: 'No guard', left: '¥100,000.00', kept: '¥0.00' })
    await theftWentSo(page, { policy: '2013', left: '¥40,000.00', kept: '¥60,000.00' })
    await theftWentSo(page, { policy: 'Today', left: '¥0.00', kept: '¥100,000.00' })
  })
})

async function theftWentSo(
  page: Page,
  expected: { policy: string; left: string; kept: string },
): Promise<void> {
  const trace = page.getByRole('region', { name: expected.policy, exact: true })
  const text = (await trace.innerText()).replace(/\s+/g, ' ')
  assert.ok(text.includes(`${expected.left} left`), text)
  assert.ok(text.includes(`${expected.kept} kept`), text)
  assert.match(text, /Password reset .* Redemption .* Payment /, 'step by step')
  assert.match(text, /Victim whole/)
  assert.match(text, /all posted/, 'his honest twin is not disturbed')
}
